package io.veilflow.mpc.replicated;

import io.veilflow.mpc.bits.Planes;
import io.veilflow.mpc.field.Words;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssContext;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import java.security.MessageDigest;

/**
 * Opens a shared vector to all three (PROTOCOLS 4.2): P_i sends its own component to P_{i+1}, which lacks it, and the SHA-256
 * of its next component to P_{i-1}, which gets that component from P_{i+1}. One round, one component and 32 bytes per vector.
 *
 * <p>A wrong component is always caught, in profile S too: its other holder is honest. Which of the two lied cannot be told,
 * so the abort names nobody. Products behind the value are another matter: see {@link OpeningClass}.
 */
public final class Opening {
    private final Operation operation;

    public Opening(Operation operation) {
        this.operation = operation;
    }

    /** @return flat elements, the same at all three */
    public long[] open(ElementShares x, String label, OpeningClass why) {
        byte[] missing = openBytes(x.ownBytes(), x.nextBytes(), label, why);
        long[] third = new ElementChannel(operation).decode(operation.self().previous(), label, x.field(), missing);
        return x.field().add(x.field().add(x.own(), x.next()), third);
    }

    /** @return planes as in {@link BitShares}; lanes at and above n are cut before anything is sent */
    public long[] open(BitShares x, String label, OpeningClass why) {
        long[] own = Planes.cut(x.own(), x.lanes());
        long[] next = Planes.cut(x.next(), x.lanes());
        long[] missing = Words.decode(openBytes(Words.encode(own), Words.encode(next), label, why));
        for (int k = 0; k < own.length; k++) {
            own[k] ^= next[k] ^ missing[k];
        }
        return own;
    }

    /**
     * The component that this party lacks, checked against its other holder.
     *
     * @throws ProtocolAbortException HOLDERS_DISAGREE
     * @throws io.veilflow.mpc.ledger.UnverifiedException if the class is VERIFIED and a product of the session is not
     */
    public byte[] openBytes(byte[] own, byte[] next, String label, OpeningClass why) {
        requireAllowed(label, why);
        PartyId self = operation.self();
        operation.send(self.next(), label, own);
        operation.send(self.previous(), label + "/hash", hash(label, next));
        byte[] missing = operation.receive(self.previous(), label, own.length);
        byte[] expected = operation.receive(self.next(), label + "/hash", ContextHash.BYTES);
        if (!MessageDigest.isEqual(expected, hash(label, missing))) {
            throw new ProtocolAbortException(Reason.HOLDERS_DISAGREE, null, operation.path() + "/" + label);
        }
        return missing;
    }

    private void requireAllowed(String label, OpeningClass why) {
        if (why == OpeningClass.VERIFIED) {
            operation.ledger().requireSettled(operation.path() + "/" + label);
        }
    }

    private byte[] hash(String label, byte[] component) {
        return ContextHash.of(operation, "veilflow/open", PrssContext.text(label), component);
    }
}
