package io.veilflow.mpc.verification;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.veilflow.mpc.field.P61;
import io.veilflow.mpc.field.PrimeField;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The first level of ANDs by counting bits computes what polynomials through all field entries compute. */
class AndFirstLevelTest {
    private static final long SEED = 20261123;
    private static final int[] WORDS = {1, 7, 8, 9, 64, 65, 8 * 64, 8 * 64 + 1, 8 * 131 + 5};

    private final FieldPolynomials plain = new FieldPolynomials(PrimeField.P61);
    private final Random random = new Random(SEED);

    private AndSide side(int words) {
        int from = random.nextInt(5);
        return new AndSide(
                random.longs(from + words).toArray(),
                random.longs(from + words).toArray(),
                from,
                words,
                random.longs(words + 2).toArray(),
                2);
    }

    /** (a*c, c, a, 1) per gate, signed, times kappa on the left; gates of a block are the words of a group. */
    private static long[] entries(AndSide side, boolean left) {
        long[] out = new long[side.groups() * 64 * AndSide.BLOCK];
        int at = 0;
        for (int group = 0; group < side.groups(); group++) {
            for (int lane = 0; lane < 64; lane++) {
                for (int p = 0; p < AndSide.GROUP; p++) {
                    long a = side.first(group * AndSide.GROUP + p) >>> lane & 1;
                    long c = side.second(group * AndSide.GROUP + p) >>> lane & 1;
                    long sign = side.sign(group * AndSide.GROUP + p) >>> lane & 1;
                    long minusHalf = P61.sub(0, 1L << 60);
                    long[] gate = {left ? P61.mul(P61.P - 2, a * c) : a * c, c, a, left ? minusHalf : 1};
                    for (long entry : gate) {
                        out[at++] = sign == 1 ? P61.sub(0, entry) : entry;
                    }
                }
            }
        }
        return out;
    }

    @Test
    void thePointsOfG() {
        for (int words : WORDS) {
            AndSide left = side(words);
            AndSide right = side(words);
            assertArrayEquals(
                    plain.points(entries(left, true), entries(right, false), AndSide.BLOCK),
                    AndPoints.of(left, right),
                    words + " words, seed " + SEED);
        }
    }

    @Test
    void theFold() {
        Interpolation interpolation = new Interpolation(PrimeField.P61, AndSide.BLOCK);
        for (int words : WORDS) {
            long[] basis = interpolation.basis(AndSide.BLOCK, new long[] {random.nextLong() >>> 4});
            for (boolean left : new boolean[] {true, false}) {
                AndSide side = side(words);
                assertArrayEquals(
                        plain.fold(entries(side, left), AndSide.BLOCK, basis),
                        new AndFold(left, basis).fold(side),
                        words + " words, left " + left + ", seed " + SEED);
            }
        }
    }

    /** The claim of 4.5: -1/2 for a right gate, +1/2 for a wrong one, whatever the bits. */
    @Test
    void aWrongGateAddsOne() {
        long minusHalf = P61.sub(0, 1L << 60);
        for (int bits = 0; bits < 64; bits++) {
            long x = bits & 1;
            long y = bits >>> 1 & 1;
            long nextY = bits >>> 2 & 1;
            long nextX = bits >>> 3 & 1;
            long e = bits >>> 4 & 1;
            long r = bits >>> 5 & 1;
            long[] left = entries(new AndSide(new long[] {x}, new long[] {y}, 0, 1, new long[] {e}, 0), true);
            long[] right = entries(new AndSide(new long[] {nextY}, new long[] {nextX}, 0, 1, new long[] {r}, 0), false);
            long sum = 0;
            for (int k = 0; k < AndSide.ENTRIES; k++) {
                sum = P61.add(sum, P61.mul(left[k], right[k]));
            }
            boolean gateIsRight = e == (x & nextY ^ nextX & y ^ r);
            assertEquals(gateIsRight ? minusHalf : 1L << 60, sum, "bits " + bits);
        }
    }
}
