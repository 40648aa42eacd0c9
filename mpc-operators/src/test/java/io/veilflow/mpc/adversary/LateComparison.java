package io.veilflow.mpc.adversary;

import io.veilflow.mpc.bits.Planes;
import io.veilflow.mpc.field.Words;
import io.veilflow.mpc.randomness.PrssContext;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.ContextHash;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import java.security.MessageDigest;

/**
 * An opening as the product must not do it: messages and hash are those of PROTOCOLS 4.2, but the hash is compared only when
 * {@link #compare} is called. Stands in tests alone.
 */
final class LateComparison {
    private final Operation operation;
    private byte[] expected;
    private byte[] received;

    LateComparison(Operation operation) {
        this.operation = operation;
    }

    long[] open(BitShares x, String label) {
        long[] own = Planes.cut(x.own(), x.lanes());
        long[] next = Planes.cut(x.next(), x.lanes());
        operation.send(operation.self().next(), label, Words.encode(own));
        operation.send(operation.self().previous(), label + "/hash", hash(label, Words.encode(next)));
        byte[] missing = operation.receive(operation.self().previous(), label, Long.BYTES * own.length);
        expected = operation.receive(operation.self().next(), label + "/hash", ContextHash.BYTES);
        received = hash(label, missing);
        long[] third = Words.decode(missing);
        for (int k = 0; k < own.length; k++) {
            own[k] ^= next[k] ^ third[k];
        }
        return own;
    }

    void compare() {
        if (!MessageDigest.isEqual(expected, received)) {
            throw new ProtocolAbortException(Reason.HOLDERS_DISAGREE, null, operation.path());
        }
    }

    private byte[] hash(String label, byte[] component) {
        return ContextHash.of(operation, "veilflow/open", PrssContext.text(label), component);
    }
}
