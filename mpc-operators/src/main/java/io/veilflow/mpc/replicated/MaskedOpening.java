package io.veilflow.mpc.replicated;

import io.veilflow.mpc.session.Operation;

/**
 * Opens bits that are hidden by a mask which is uniform on the whole domain and used once (PROTOCOLS 4.2, first class): ahead of
 * verification, because an error that one party added to a product leaves a value that is still uniform. Messages and the check
 * of both holders are those of {@link Opening}; the hashes are compared at once, hence long before the next verification.
 *
 * <p>Nothing here can see that the mask is uniform: the caller owes that, and an architecture test of the pipeline names the
 * callers. Statistical masks do not count: an error in an unverified product would show the value above the mask.
 */
public final class MaskedOpening {
    private final ComponentExchange components;

    public MaskedOpening(Operation operation) {
        this.components = new ComponentExchange(operation);
    }

    /**
     * @return planes as in {@link BitShares}; lanes at and above n are cut before anything is sent
     * @throws io.veilflow.mpc.session.ProtocolAbortException HOLDERS_DISAGREE
     */
    public long[] open(BitShares masked, String label) {
        return components.open(masked, label);
    }
}
