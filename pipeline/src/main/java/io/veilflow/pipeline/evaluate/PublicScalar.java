package io.veilflow.pipeline.evaluate;

import io.veilflow.mpc.field.Fr;
import io.veilflow.mpc.field.FrVector;
import io.veilflow.mpc.field.Int192;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.zk.rule.NodeKind;
import java.math.BigInteger;

/** A number that everybody knows. Never a secret: exact integers are fine here. */
record PublicScalar(BigInteger value) implements NodeValue {
    @Override
    public NodeKind kind() {
        return NodeKind.PUBLIC;
    }

    @Override
    public int size() {
        return 1;
    }

    /** Words of the value mod 2^192. */
    long[] words() {
        long[] out = new long[Int192.WORDS];
        for (int w = 0; w < out.length; w++) {
            out[w] = value.shiftRight(64 * w).longValue();
        }
        return out;
    }

    /** The value mod r. */
    long[] element() {
        BigInteger magnitude = value.abs();
        long[] out = new long[Fr.WORDS];
        for (int w = 0; w < out.length; w++) {
            out[w] = magnitude.shiftRight(64 * w).longValue();
        }
        out = FrVector.fromIntegers(out);
        return value.signum() < 0 ? FrVector.subtract(new long[Fr.WORDS], out) : out;
    }

    @Override
    public LinearValue toLinear(PartyId self) {
        return new LinearValue(
                IntegerShares.ofPublic(self, 1, words()), ElementShares.ofPublic(PrimeField.FR, self, 1, element()));
    }

    @Override
    public FieldValue toField(PartyId self) {
        return new FieldValue(ElementShares.ofPublic(PrimeField.FR, self, 1, element()));
    }

    @Override
    public NodeValue repeat(int slots) {
        throw new IllegalStateException("a public value is a scalar");
    }

    @Override
    public NodeValue sum() {
        throw new IllegalStateException("a public value is a scalar");
    }

    @Override
    public void wipe() {
        // nothing secret
    }
}
