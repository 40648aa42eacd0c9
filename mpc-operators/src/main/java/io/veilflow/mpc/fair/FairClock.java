package io.veilflow.mpc.fair;

/** The wall clock that T1 and T2 are read on. */
public interface FairClock {
    /** Milliseconds since 1970. */
    long millis();

    /**
     * Lets this much time pass.
     *
     * @throws InterruptedException if the party is being stopped
     */
    void pause(long millis) throws InterruptedException;
}
