package io.veilflow.pipeline.party;

/** The party's clock, injected. It measures patience and stages; event time comes from the feeder's ticks alone. */
public interface PartyClock {
    /** A reading that never goes back, in nanoseconds from an arbitrary origin. */
    long nanos();

    /**
     * Lets this much time pass.
     *
     * @throws InterruptedException if the party is being stopped
     */
    void pause(long millis) throws InterruptedException;

    /** The computer's own. */
    static PartyClock system() {
        return new PartyClock() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void pause(long millis) throws InterruptedException {
                Thread.sleep(millis);
            }
        };
    }
}
