package io.veilflow.mpc.replicated;

import io.veilflow.mpc.field.NotCanonicalException;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;

/** Field elements as messages of one operation: canonical, of a fixed length (PROTOCOLS 3). */
public final class ElementChannel {
    private final Operation operation;

    public ElementChannel(Operation operation) {
        this.operation = operation;
    }

    public void send(PartyId to, String label, PrimeField field, long[] elements) {
        operation.send(to, label, field.encode(elements));
    }

    /**
     * @param count how many; public
     * @return flat elements
     * @throws ProtocolAbortException NOT_CANONICAL, naming the sender, and what {@link Operation#receive} throws
     */
    public long[] receive(PartyId from, String label, PrimeField field, int count) {
        return decode(from, label, field, operation.receive(from, label, Math.multiplyExact(count, field.bytes())));
    }

    /** The same for a message that was received before. */
    long[] decode(PartyId from, String label, PrimeField field, byte[] message) {
        try {
            return field.decode(message);
        } catch (NotCanonicalException e) {
            throw new ProtocolAbortException(Reason.NOT_CANONICAL, from, operation.path() + "/" + label);
        }
    }
}
