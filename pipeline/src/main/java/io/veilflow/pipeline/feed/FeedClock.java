package io.veilflow.pipeline.feed;

/** Elapsed time and waiting, so that tests need neither. */
public interface FeedClock {
    /** Milliseconds since some fixed moment; never goes back. */
    long millis();

    void pause(long millis) throws InterruptedException;

    static FeedClock system() {
        return new FeedClock() {
            @Override
            public long millis() {
                return System.nanoTime() / 1_000_000;
            }

            @Override
            public void pause(long millis) throws InterruptedException {
                Thread.sleep(millis);
            }
        };
    }
}
