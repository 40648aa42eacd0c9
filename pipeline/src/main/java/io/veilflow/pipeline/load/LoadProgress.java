package io.veilflow.pipeline.load;

/** Who is told how a run goes on, from one thread. */
public interface LoadProgress {
    /** A step of the start begins. */
    void preparing(String step);

    /** Submissions of so many seconds are signed. */
    void signed(int seconds);

    /** The clock runs. */
    void running(long submitted, long undecided);
}
