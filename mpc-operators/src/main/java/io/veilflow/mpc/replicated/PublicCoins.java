package io.veilflow.mpc.replicated;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.session.Operation;

/**
 * Uniform elements that all three know and none could choose: the next values of {@link RandomShares}, opened (PROTOCOLS 4.2).
 * They depend on no product, so they may be opened while products are unverified; nothing but a fresh coin can be opened here.
 * One round; one malicious party can stop it and no more, in both profiles.
 */
public final class PublicCoins {
    private final RandomShares shares;
    private final ComponentExchange components;

    public PublicCoins(Operation operation) {
        this.shares = new RandomShares(operation);
        this.components = new ComponentExchange(operation);
    }

    /**
     * @return flat elements, the same at all three
     * @throws io.veilflow.mpc.session.ProtocolAbortException HOLDERS_DISAGREE, NOT_CANONICAL
     */
    public long[] elements(PrimeField field, int count, String label) {
        return components.open(shares.elements(field, count), label);
    }
}
