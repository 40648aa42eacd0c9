package io.veilflow.mpc.fair;

/** This party's safe storage: each call returns when a restart would find the entry. */
public interface OpeningJournal {
    /** Before READY is posted: components that match its hashes may be taken after a restart. */
    void ready(FairMessage.Ready ready);

    /** Before the own components are posted. */
    void going();

    /** This party was ready and has decided not to open: it posts no component of this opening, now or later. */
    void aborted();
}
