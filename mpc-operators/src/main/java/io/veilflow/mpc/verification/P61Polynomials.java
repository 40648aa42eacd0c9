package io.veilflow.mpc.verification;

import io.veilflow.mpc.field.P61;
import io.veilflow.mpc.field.PrimeField;
import java.util.Arrays;

/**
 * Over F_p61, blocks of four without an object in between; other blocks as over any field. Values are reduced lazily:
 * {@link #weak} brings any word to within a few of [0, p], and what is bounded so is added or multiplied once more
 * before the next reduction. The bounds stand beside the lines. Branch-free.
 */
final class P61Polynomials implements BlockPolynomials {
    private static final int BLOCK = Step.BLOCK;

    private final FieldPolynomials others = new FieldPolynomials(PrimeField.P61);

    @Override
    public long[] points(long[] left, long[] right, int block) {
        if (block != BLOCK) {
            return others.points(left, right, block);
        }
        long[] out = new long[Step.pointsOf(BLOCK)];
        int whole = left.length / BLOCK * BLOCK;
        add(left, right, 0, whole, out);
        if (whole < left.length) {
            add(padded(left, whole), padded(right, whole), 0, BLOCK, out);
        }
        for (int x = 0; x < out.length; x++) {
            out[x] = canonical(out[x]);
        }
        return out;
    }

    private static long[] padded(long[] vector, int from) {
        return Arrays.copyOfRange(vector, from, from + BLOCK);
    }

    private static void add(long[] u, long[] v, int from, int to, long[] out) {
        long g0 = 0;
        long g1 = 0;
        long g2 = 0;
        long g3 = 0;
        long g4 = 0;
        long g5 = 0;
        long g6 = 0;
        for (int k = from; k < to; k += BLOCK) {
            long a0 = u[k];
            long a1 = u[k + 1];
            long a2 = u[k + 2];
            long a3 = u[k + 3];
            long b0 = v[k];
            long b1 = v[k + 1];
            long b2 = v[k + 2];
            long b3 = v[k + 3];
            g0 = weak(g0 + product(a0, b0));
            g1 = weak(g1 + product(a1, b1));
            g2 = weak(g2 + product(a2, b2));
            g3 = weak(g3 + product(a3, b3));
            long a4 = next(a0, a1, a2, a3);
            long b4 = next(b0, b1, b2, b3);
            g4 = weak(g4 + product(a4, b4));
            long a5 = next(a1, a2, a3, a4);
            long b5 = next(b1, b2, b3, b4);
            g5 = weak(g5 + product(a5, b5));
            g6 = weak(g6 + product(next(a2, a3, a4, a5), next(b2, b3, b4, b5)));
        }
        out[0] = weak(out[0] + g0);
        out[1] = weak(out[1] + g1);
        out[2] = weak(out[2] + g2);
        out[3] = weak(out[3] + g3);
        out[4] = weak(out[4] + g4);
        out[5] = weak(out[5] + g5);
        out[6] = weak(out[6] + g6);
    }

    /**
     * The cubic's value behind four in a row: 4*(x3 + x1) - 6*x2 - x0.
     *
     * <p>Operands in [-3, p + 3], and so is the result.
     */
    private static long next(long x0, long x1, long x2, long x3) {
        // within 2p + 12 of zero, then in [-2, p + 2]
        long bend = weak(x3 + x1 - 2 * x2);
        // in [-7, 3p + 7], then in [-1, p + 2]
        long half = weak(2 * bend + x2);
        // in [-p - 5, 2p + 7]
        return weak(2 * half - x0);
    }

    /** In [0, 2p + 2] up to the same few; a*b may be negative but stays above -2^64. */
    private static long product(long a, long b) {
        long low = a * b;
        return (low & P61.P) + (Math.multiplyHigh(a, b) << 3 | low >>> 61);
    }

    /** The same residue, for any word: in [-4, p + 3]; for words in [-kp, kp] within k of [0, p]. */
    private static long weak(long x) {
        return (x & P61.P) + (x >> 61);
    }

    /** Of a value in [-8, 2p). */
    private static long canonical(long x) {
        long positive = x + (P61.P & x >> 63);
        long less = positive - P61.P;
        return less + (P61.P & less >> 63);
    }

    @Override
    public long[] fold(long[] vector, int block, long[] basis) {
        if (block != BLOCK) {
            return others.fold(vector, block, basis);
        }
        int blocks = (vector.length + BLOCK - 1) / BLOCK;
        long[] out = new long[blocks];
        int whole = vector.length / BLOCK;
        fold(vector, whole, basis, out, 0);
        if (whole < blocks) {
            fold(padded(vector, whole * BLOCK), 1, basis, out, whole);
        }
        return out;
    }

    private static void fold(long[] vector, int blocks, long[] basis, long[] out, int to) {
        long l0 = basis[0];
        long l1 = basis[1];
        long l2 = basis[2];
        long l3 = basis[3];
        for (int b = 0; b < blocks; b++) {
            int k = b * BLOCK;
            // canonical operands: each product at most 2p, the sum at most 8p as an unsigned word
            long sum = product(vector[k], l0)
                    + product(vector[k + 1], l1)
                    + product(vector[k + 2], l2)
                    + product(vector[k + 3], l3);
            out[to + b] = canonical((sum & P61.P) + (sum >>> 61));
        }
    }
}
