package io.veilflow.pipeline.party;

import io.veilflow.mpc.fair.FairClock;

/**
 * The party's clock, injected. It measures patience and stages, and bounds the fair opening; event time comes from the feeder's
 * ticks alone.
 */
public interface PartyClock extends FairClock {
    /** A reading that never goes back, in nanoseconds from an arbitrary origin. */
    long nanos();

    /**
     * Lets this much time pass.
     *
     * @throws InterruptedException if the party is being stopped
     */
    @Override
    void pause(long millis) throws InterruptedException;

    /** The computer's own. */
    static PartyClock system() {
        return new PartyClock() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public long millis() {
                return System.currentTimeMillis();
            }

            @Override
            public void pause(long millis) throws InterruptedException {
                Thread.sleep(millis);
            }
        };
    }
}
