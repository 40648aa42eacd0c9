package io.veilflow.mpc.testing;

import io.veilflow.mpc.session.Session;

/** A session in a world whose time is simulated. */
public interface TimedSession extends Session {
    /** The world's clock, in milliseconds. */
    long millis();

    /** Returns when so much time has passed, which it does as soon as everybody waits. */
    void pause(long millis);
}
