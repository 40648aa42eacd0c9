package io.veilflow.mpc.testing;

import io.veilflow.mpc.session.Session;

/** Puts a decorator around the corrupted party's session. */
@FunctionalInterface
public interface Corruption {
    Session corrupt(TimedSession honest, LinkControl links);
}
