package io.veilflow.mpc.session;

/**
 * This party's journal of epochs: a number used once is never used again, also after a restart (PROTOCOLS 11.2). Called on
 * the network's thread only.
 */
public interface EpochLog {
    /** The largest number recorded so far, 0 if none. */
    long largestEpoch();

    /** Returns only when the number is safely stored; nothing of the epoch is used before. */
    void record(long epoch);

    /** What else the parties hold each other's journals to. */
    default JournalHeads heads() {
        return JournalHeads.none();
    }
}
