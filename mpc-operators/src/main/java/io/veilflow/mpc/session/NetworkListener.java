package io.veilflow.mpc.session;

/** Told of the life of epochs, on a thread of the network: return quickly and do not block. */
public interface NetworkListener {
    void epochStarted(long epoch);

    /** All sessions of the epoch have been aborted. */
    void epochEnded(long epoch, ProtocolAbortException cause);

    /** An attempt to reach an epoch failed; the next one follows by itself. */
    void connectionFailed(ProtocolAbortException cause);
}
