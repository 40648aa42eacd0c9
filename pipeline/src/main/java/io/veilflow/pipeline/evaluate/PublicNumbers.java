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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BinaryOperator;

/** Numbers that everybody knows, one or one per slot. Never a secret: exact integers are fine here. */
record PublicNumbers(List<BigInteger> values) implements NodeValue {
    PublicNumbers {
        values = List.copyOf(values);
    }

    static PublicNumbers scalar(BigInteger value) {
        return new PublicNumbers(List.of(value));
    }

    @Override
    public NodeKind kind() {
        return NodeKind.PUBLIC;
    }

    @Override
    public int size() {
        return values.size();
    }

    /** Slot by slot; a scalar counts in every slot of the other. */
    PublicNumbers with(PublicNumbers other, BinaryOperator<BigInteger> operation) {
        List<BigInteger> left = repeat(Math.max(size(), other.size())).values;
        List<BigInteger> right = other.repeat(left.size()).values;
        List<BigInteger> out = new ArrayList<>();
        for (int k = 0; k < left.size(); k++) {
            out.add(operation.apply(left.get(k), right.get(k)));
        }
        return new PublicNumbers(out);
    }

    /** Words of the values mod 2^192. */
    long[] words() {
        long[] out = new long[size() * Int192.WORDS];
        for (int k = 0; k < size(); k++) {
            for (int w = 0; w < Int192.WORDS; w++) {
                out[k * Int192.WORDS + w] = values.get(k).shiftRight(64 * w).longValue();
            }
        }
        return out;
    }

    /** The values mod r. */
    long[] elements() {
        long[] out = new long[size() * Fr.WORDS];
        for (int k = 0; k < size(); k++) {
            System.arraycopy(element(values.get(k)), 0, out, k * Fr.WORDS, Fr.WORDS);
        }
        return out;
    }

    private static long[] element(BigInteger value) {
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
                IntegerShares.ofPublic(self, size(), words()),
                ElementShares.ofPublic(PrimeField.FR, self, size(), elements()));
    }

    @Override
    public FieldValue toField(PartyId self) {
        return new FieldValue(ElementShares.ofPublic(PrimeField.FR, self, size(), elements()));
    }

    @Override
    public PublicNumbers repeat(int slots) {
        return size() == slots ? this : new PublicNumbers(Collections.nCopies(slots, values.get(0)));
    }

    @Override
    public PublicNumbers slice(int from, int length) {
        return new PublicNumbers(values.subList(from, from + length));
    }

    @Override
    public PublicNumbers sum() {
        return scalar(values.stream().reduce(BigInteger.ZERO, BigInteger::add));
    }

    @Override
    public void wipe() {
        // nothing secret
    }
}
