package io.veilflow.mpc.replicated;

import io.veilflow.mpc.session.Operation;

/**
 * Opens a shared vector to all three (PROTOCOLS 4.2): results, and whatever is masked only statistically. One round, one
 * component and 32 bytes per vector.
 *
 * <p>Security: one malicious party. A wrong component is always caught, in profile S too: its other holder is honest. Which of
 * the two lied cannot be told, so the abort names nobody; a component that is no vector over its field accuses its sender. Every
 * product of the session, whatever operation made it, is verified before: in profile M this class refuses otherwise, and
 * nothing has been sent then. In profile S products are not verified, and a value may hold an error that one party added.
 *
 * <p>Not fair: a party may learn the value and keep it from the others. Outputs of a window go through the fair opening (4.3).
 */
public final class Opening {
    private final Operation operation;
    private final ComponentExchange components;

    public Opening(Operation operation) {
        this.operation = operation;
        this.components = new ComponentExchange(operation);
    }

    /**
     * @return flat elements, the same at all three
     * @throws io.veilflow.mpc.ledger.UnverifiedException if a product of the session is not verified
     * @throws io.veilflow.mpc.session.ProtocolAbortException HOLDERS_DISAGREE, NOT_CANONICAL
     */
    public long[] open(ElementShares x, String label) {
        requireSettled(label);
        return components.open(x, label);
    }

    /**
     * @return planes as in {@link BitShares}; lanes at and above n are cut before anything is sent
     * @throws io.veilflow.mpc.ledger.UnverifiedException if a product of the session is not verified
     * @throws io.veilflow.mpc.session.ProtocolAbortException HOLDERS_DISAGREE
     */
    public long[] open(BitShares x, String label) {
        requireSettled(label);
        return components.open(x, label);
    }

    private void requireSettled(String label) {
        operation.ledger().requireSettled(operation.path() + "/" + label);
    }
}
