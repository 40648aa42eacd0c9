package io.veilflow.mpc.replicated.convert;

import io.veilflow.mpc.field.Fr;
import io.veilflow.mpc.field.FrVector;
import io.veilflow.mpc.field.Int192;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.replicated.Opening;
import io.veilflow.mpc.session.Operation;

/**
 * From Fr to bits for |x| < 2^(l-1) (PROTOCOLS 4.9): open c = x + 2^(l-1) + r_0 + r_1 + r_2 with PRSS integers of l+80 bits; then
 * c - 2^(l-1) - r_0, -r_1, -r_2 are integer components of x mod 2^l, and {@link IntegerToBits} does the rest. The opened value is
 * within 2^-80 of independent of x. One round and 32 bytes a value more than IntegerToBits.
 *
 * <p>The mask is statistical, so every product of the session is verified before the opening; in profile S a party that
 * deviated in a product before can learn about x here.
 */
public final class FieldToBits {
    private static final int STATISTICAL_BITS = 80;

    /** l + 83 bits must stay below r. */
    private static final int LARGEST_WIDTH = 170;

    private final Operation operation;
    private final IntegerToBits integers;

    public static FieldToBits forLanes(Operation operation, int lanes) {
        return new FieldToBits(operation, IntegerToBits.forLanes(operation, lanes));
    }

    /** @param integers of the same operation */
    public FieldToBits(Operation operation, IntegerToBits integers) {
        this.operation = operation;
        this.integers = integers;
    }

    /** All {@code width} bits, two's complement. */
    public BitShares all(ElementShares x, int width) {
        if (width < 1 || width > LARGEST_WIDTH) {
            throw new IllegalArgumentException("width " + width + " is not in 1.." + LARGEST_WIDTH);
        }
        if (x.count() == 0) {
            return BitShares.zeros(0, width);
        }
        return integers.all(components(x, width), width);
    }

    private IntegerShares components(ElementShares x, int width) {
        int count = x.count();
        PartyId self = operation.self();
        long[] ownMask = mask(self.index(), width, count);
        long[] nextMask = mask(self.next().index(), width, count);
        ElementShares masked = x.plus(new ElementShares(
                        PrimeField.FR, count, FrVector.fromIntegers(ownMask), FrVector.fromIntegers(nextMask)))
                .plusPublic(self, FrVector.repeat(power(width - 1), count));
        long[] opened = FrVector.toIntegers(new Opening(operation).open(masked, "open/c"));
        return new IntegerShares(
                count,
                component(self.index(), ownMask, opened, width),
                component(self.next().index(), nextMask, opened, width));
    }

    /** Integers below 2^(width+80) in the words of Fr. */
    private long[] mask(int key, int width, int count) {
        int bits = width + STATISTICAL_BITS;
        long[] out = new long[count * Fr.WORDS];
        operation.stream(key, "mask/" + bits).integers(bits, Fr.WORDS, out, 0, count);
        return out;
    }

    private static long[] power(int exponent) {
        long[] out = new long[Fr.WORDS];
        out[exponent >>> 6] = 1L << (exponent & 63);
        Fr.fromInteger(out, 0, out, 0);
        return out;
    }

    /** Component j mod 2^192: -r_j, and for j = 0 also c - 2^(width-1). */
    private static long[] component(int j, long[] mask, long[] opened, int width) {
        int count = mask.length / Fr.WORDS;
        long[] out = new long[count * Int192.WORDS];
        long[] half = new long[Int192.WORDS];
        half[(width - 1) >>> 6] = 1L << ((width - 1) & 63);
        for (int k = 0; k < count; k++) {
            int at = k * Int192.WORDS;
            if (j == 0) {
                Int192.sub(opened, k * Fr.WORDS, half, 0, out, at);
            }
            Int192.sub(out, at, mask, k * Fr.WORDS, out, at);
        }
        return out;
    }
}
