package io.veilflow.pipeline.prove;

import io.veilflow.mpc.field.FrVector;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.ZeroSharing;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.Multiplication;
import io.veilflow.mpc.replicated.RandomShares;
import io.veilflow.mpc.replicated.convert.Inversion;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Session;
import io.veilflow.zk.joint.FieldShares;
import io.veilflow.zk.joint.PeerMessages;
import io.veilflow.zk.joint.ProvingEngine;
import io.veilflow.zk.joint.RowCheck;
import java.util.Arrays;

/**
 * The prover's engine in a session: every label is an operation path below {@code prove/}. Its products stay in the session's
 * ledger until an inversion or the row check verifies them, before r and s are made; in profile S nothing is verified.
 */
final class SessionProvingEngine implements ProvingEngine {
    private static final String PREFIX = "prove/";

    private final Session session;

    SessionProvingEngine(Session session) {
        this.session = session;
    }

    @Override
    public int party() {
        return session.self().index();
    }

    @Override
    public FieldShares multiply(String label, FieldShares x, FieldShares y) {
        ElementShares left = decode(x);
        ElementShares right = decode(y);
        try {
            return encode(new Multiplication(operation(label)).multiply(left, right));
        } finally {
            left.wipe();
            right.wipe();
        }
    }

    @Override
    public FieldShares invert(String label, FieldShares x) {
        ElementShares values = decode(x);
        try {
            return encode(new Inversion(operation(label)).invert(values));
        } finally {
            values.wipe();
        }
    }

    @Override
    public FieldShares random(String label, int count) {
        return encode(new RandomShares(operation(label)).elements(PrimeField.FR, count));
    }

    @Override
    public byte[] zeroShare(String label) {
        long[] zero = new ZeroSharing(operation(label)).elements(PrimeField.FR, "zero/krs", 1);
        try {
            return FrVector.encode(zero);
        } finally {
            Arrays.fill(zero, 0);
        }
    }

    @Override
    public RowCheck rowCheck(String label) {
        return new SessionRowCheck(operation(label), "rows");
    }

    @Override
    public PeerMessages exchange(String label, byte[] message) {
        Operation operation = operation(label);
        PartyId self = session.self();
        operation.send(self.next(), "share", message.clone());
        operation.send(self.previous(), "share", message.clone());
        byte[] ofNext = operation.receive(self.next(), "share", message.length);
        byte[] ofPrevious = operation.receive(self.previous(), "share", message.length);
        return new PeerMessages(ofNext, ofPrevious);
    }

    /** The shares as bytes; the argument is wiped. */
    static FieldShares encode(ElementShares shares) {
        FieldShares encoded = FieldShares.of(shares.ownBytes(), shares.nextBytes());
        shares.wipe();
        return encoded;
    }

    static ElementShares decode(FieldShares shares) {
        return ElementShares.fromBytes(PrimeField.FR, shares.own(), shares.next());
    }

    private Operation operation(String label) {
        return session.operation(PREFIX + label);
    }
}
