package io.veilflow.mpc.verification;

import io.veilflow.mpc.field.Fr;
import io.veilflow.mpc.field.FrLimbs;
import io.veilflow.mpc.field.PrimeField;
import java.util.Arrays;

/**
 * Over Fr, blocks of four in limbs without an object in between; other blocks as over any field. Points beyond the
 * block are computed limb by limb without a reduction, and products are reduced once per sum.
 */
final class FrPolynomials implements BlockPolynomials {
    private static final int BLOCK = Step.BLOCK;
    private static final int POINTS = Step.pointsOf(BLOCK);
    private static final int LIMBS = FrLimbs.LIMBS;

    private final FieldPolynomials others = new FieldPolynomials(PrimeField.FR);

    @Override
    public long[] points(long[] left, long[] right, int block) {
        if (block != BLOCK) {
            return others.points(left, right, block);
        }
        long[] p = new long[POINTS * LIMBS];
        long[] q = new long[POINTS * LIMBS];
        long[] sums = new long[POINTS * FrLimbs.SUM];
        long[] totals = new long[POINTS * FrLimbs.TOTAL];
        int blocks = blocks(left);
        for (int b = 0; b < blocks; b++) {
            load(left, b, p);
            load(right, b, q);
            extend(p);
            extend(q);
            for (int x = 0; x < POINTS; x++) {
                FrLimbs.multiplyAdd(p, x * LIMBS, q, x * LIMBS, sums, x * FrLimbs.SUM);
            }
            if (b % FrLimbs.PRODUCTS_OF_A_SUM == FrLimbs.PRODUCTS_OF_A_SUM - 1 || b == blocks - 1) {
                for (int x = 0; x < POINTS; x++) {
                    FrLimbs.carry(sums, x * FrLimbs.SUM, totals, x * FrLimbs.TOTAL);
                }
            }
        }
        long[] out = new long[POINTS * Fr.WORDS];
        for (int x = 0; x < POINTS; x++) {
            FrLimbs.reduceTotal(totals, x * FrLimbs.TOTAL, out, x * Fr.WORDS);
        }
        return out;
    }

    private static int blocks(long[] vector) {
        return (vector.length / Fr.WORDS + BLOCK - 1) / BLOCK;
    }

    private static void load(long[] vector, int block, long[] limbs) {
        for (int k = 0; k < BLOCK; k++) {
            int at = (block * BLOCK + k) * Fr.WORDS;
            if (at < vector.length) {
                FrLimbs.split(vector, at, limbs, k * LIMBS);
            } else {
                Arrays.fill(limbs, k * LIMBS, (k + 1) * LIMBS, 0);
            }
        }
    }

    /** Points 4 to 6 of the cubic: 4*(x3 + x1) - 6*x2 - x0 of the four before; they stay within 111 r. */
    private static void extend(long[] limbs) {
        for (int to = BLOCK * LIMBS; to < POINTS * LIMBS; to += LIMBS) {
            for (int k = to; k < to + LIMBS; k++) {
                limbs[k] =
                        4 * (limbs[k - LIMBS] + limbs[k - 3 * LIMBS]) - 6 * limbs[k - 2 * LIMBS] - limbs[k - 4 * LIMBS];
            }
            FrLimbs.normalise(limbs, to);
        }
    }

    @Override
    public long[] fold(long[] vector, int block, long[] basis) {
        if (block != BLOCK) {
            return others.fold(vector, block, basis);
        }
        long[] weights = new long[BLOCK * LIMBS];
        load(basis, 0, weights);
        long[] entries = new long[BLOCK * LIMBS];
        long[] sum = new long[FrLimbs.SUM];
        int blocks = blocks(vector);
        long[] out = new long[blocks * Fr.WORDS];
        for (int b = 0; b < blocks; b++) {
            load(vector, b, entries);
            for (int k = 0; k < BLOCK * LIMBS; k += LIMBS) {
                FrLimbs.multiplyAdd(entries, k, weights, k, sum, 0);
            }
            FrLimbs.reduce(sum, 0, out, b * Fr.WORDS);
        }
        return out;
    }
}
