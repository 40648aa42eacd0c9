package io.veilflow.mpc.replicated;

import io.veilflow.mpc.bits.Planes;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.field.Words;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssContext;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import java.security.MessageDigest;
import java.util.function.Function;

/**
 * The messages of every opening (PROTOCOLS 4.2): P_i sends its own component to P_{i+1}, which lacks it, and the SHA-256 of its
 * next component to P_{i-1}, which gets that component from P_{i+1}. One round, one component and 32 bytes per vector. Hashes
 * are compared before the value is given to anybody, so none is ever left over for a later verification.
 *
 * <p>It asks for no verification, so it stays inside this package: {@link Opening} is for values, {@link MaskedOpening},
 * {@link PublicCoins} and {@link RandomPoints} are for what may go ahead.
 */
final class ComponentExchange {
    private final Operation operation;

    ComponentExchange(Operation operation) {
        this.operation = operation;
    }

    /** @return flat elements, the same at all three */
    long[] open(ElementShares x, String label) {
        PrimeField field = x.field();
        PartyId sender = operation.self().previous();
        ElementChannel messages = new ElementChannel(operation);
        long[] missing =
                missing(x.ownBytes(), x.nextBytes(), label, message -> messages.decode(sender, label, field, message));
        return field.add(field.add(x.own(), x.next()), missing);
    }

    /** @return planes as in {@link BitShares}; lanes at and above n are cut before anything is sent */
    long[] open(BitShares x, String label) {
        long[] own = Planes.cut(x.own(), x.lanes());
        long[] next = Planes.cut(x.next(), x.lanes());
        long[] missing = missing(Words.encode(own), Words.encode(next), label, Words::decode);
        for (int k = 0; k < own.length; k++) {
            own[k] ^= next[k] ^ missing[k];
        }
        return own;
    }

    /** The component that this party lacks, checked against its other holder. */
    <T> T missing(byte[] own, byte[] next, String label, Function<byte[], T> decoder) {
        PartyId self = operation.self();
        int length = own.length;
        operation.send(self.next(), label, own);
        operation.send(self.previous(), label + "/hash", hash(label, next));
        byte[] message = operation.receive(self.previous(), label, length);
        T missing = decoder.apply(message);
        byte[] expected = operation.receive(self.next(), label + "/hash", ContextHash.BYTES);
        if (!MessageDigest.isEqual(expected, hash(label, message))) {
            throw new ProtocolAbortException(Reason.HOLDERS_DISAGREE, null, operation.path() + "/" + label);
        }
        return missing;
    }

    private byte[] hash(String label, byte[] component) {
        return ContextHash.of(operation, "veilflow/open", PrssContext.text(label), component);
    }
}
