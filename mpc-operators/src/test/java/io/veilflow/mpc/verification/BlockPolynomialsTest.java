package io.veilflow.mpc.verification;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.veilflow.mpc.field.P61;
import io.veilflow.mpc.field.PrimeField;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The fast polynomials of each field against Lagrange's formula, at random and at extreme entries. */
class BlockPolynomialsTest {
    private static final long SEED = 46;
    private static final List<PrimeField> FIELDS = List.of(PrimeField.P61, PrimeField.FR, PrimeField.ZQ);

    private final Random random = new Random(SEED);

    /** Random elements, and now and then 0, 1, -1 or -2. */
    private long[] vector(PrimeField field, int count) {
        byte[] bytes = new byte[count * field.prssBytes()];
        random.nextBytes(bytes);
        long[] out = new long[count * field.words()];
        field.fromPrss(bytes, 0, count, out, 0);
        for (int k = 0; k < count; k++) {
            int kind = random.nextInt(6);
            if (kind < 4) {
                long[] small = field.element(kind / 2);
                long[] extreme = kind % 2 == 0
                        ? small
                        : field.subtract(field.subtract(new long[field.words()], field.one()), small);
                System.arraycopy(extreme, 0, out, k * field.words(), field.words());
            }
        }
        return out;
    }

    private static long[] slow(PrimeField field, long[] vector, int block, int b, long[] x) {
        int words = field.words();
        long[] entries = Arrays.copyOfRange(vector, b * block * words, (b + 1) * block * words);
        return new Interpolation(field, 2 * block).value(entries, x);
    }

    @Test
    void pointsAndFoldAtEverySize() {
        for (PrimeField field : FIELDS) {
            for (int block : new int[] {Step.BLOCK, Step.LAST_BLOCK}) {
                for (int count : new int[] {1, 4, 5, 7, 40, 1031}) {
                    compare(field, block, vector(field, count), vector(field, count));
                }
            }
        }
    }

    /** Every lazy bound is met by entries that are all 0 or p - 1, in every order. */
    @Test
    void extremeBlocks() {
        for (PrimeField field : FIELDS) {
            long[] largest = field.subtract(new long[field.words()], field.one());
            long[] left = new long[256 * 4 * field.words()];
            long[] right = new long[left.length];
            for (int b = 0; b < 256; b++) {
                for (int k = 0; k < 8; k++) {
                    if ((b >>> k & 1) == 1) {
                        long[] side = k < 4 ? left : right;
                        System.arraycopy(largest, 0, side, (4 * b + k % 4) * field.words(), field.words());
                    }
                }
            }
            compare(field, Step.BLOCK, left, right);
        }
    }

    private void compare(PrimeField field, int block, long[] left, long[] right) {
        BlockPolynomials fast = BlockPolynomials.over(field);
        int words = field.words();
        int blocks = (left.length / words + block - 1) / block;
        long[] points = new long[Step.pointsOf(block) * words];
        for (int x = 0; x < Step.pointsOf(block); x++) {
            long[] sum = new long[words];
            for (int b = 0; b < blocks; b++) {
                long[] at = field.element(x);
                sum = field.add(sum, field.multiply(slow(field, left, block, b, at), slow(field, right, block, b, at)));
            }
            System.arraycopy(sum, 0, points, x * words, words);
        }
        String what = field.label() + " " + blocks + " blocks of " + block + ", seed " + SEED;
        assertArrayEquals(points, fast.points(left, right, block), what);
        long[] challenge = field.multiply(field.element(P61.P - 5), field.element(1L << 59));
        long[] folded = new long[blocks * words];
        for (int b = 0; b < blocks; b++) {
            System.arraycopy(slow(field, left, block, b, challenge), 0, folded, b * words, words);
        }
        assertArrayEquals(folded, fast.fold(left, block, new Interpolation(field, 9).basis(block, challenge)), what);
    }
}
