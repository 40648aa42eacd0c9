package io.veilflow.pipeline.chaos;

/** Who is told how a run goes on, from one thread. */
public interface ChaosProgress {
    /** A step of the start begins. */
    void preparing(String step);

    /**
     * Whoever was hit works again.
     *
     * @param what was done
     * @param kills in it
     */
    void struck(String what, int kills, long recoveryMillis);

    /** The rest of the windows. */
    void waitingForTheEnd(int windows);
}
