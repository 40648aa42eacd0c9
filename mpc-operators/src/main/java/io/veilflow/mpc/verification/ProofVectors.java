package io.veilflow.mpc.verification;

import io.veilflow.mpc.field.PrimeField;
import java.util.Arrays;

/**
 * u and v of one statement, or the one that this party has, at every level of the recursion. What stands for u may be divided by
 * a constant until the first fold, whose basis is multiplied by it. Holds secrets.
 */
final class ProofVectors {
    private final BlockPolynomials polynomials;
    private final PrimeField field;
    private final Interpolation interpolation;
    private long[] left;
    private long[] right;
    private long[] leftFactor;

    /**
     * Takes the arrays over; one of them may be null.
     *
     * @param leftFactor u is {@code left} times this element; null for one
     */
    ProofVectors(
            Interpolation interpolation,
            BlockPolynomials polynomials,
            PrimeField field,
            long[] left,
            long[] right,
            long[] leftFactor) {
        this.leftFactor = leftFactor;
        this.interpolation = interpolation;
        this.polynomials = polynomials;
        this.field = field;
        this.left = left;
        this.right = right;
    }

    long[] points(int block) {
        long[] points = polynomials.points(left, right, block);
        return leftFactor == null ? points : field.scale(points, leftFactor);
    }

    void fold(int block, long[] challenge) {
        long[] basis = interpolation.basis(block, challenge);
        left = folded(left, block, leftFactor == null ? basis : field.scale(basis, leftFactor));
        leftFactor = null;
        right = folded(right, block, basis);
    }

    private long[] folded(long[] vector, int block, long[] basis) {
        if (vector == null) {
            return null;
        }
        long[] out = polynomials.fold(vector, block, basis);
        Arrays.fill(vector, 0);
        return out;
    }

    void mask(long[] leftMask, long[] rightMask) {
        if (left != null && leftFactor != null) {
            left = field.scale(left, leftFactor);
            leftFactor = null;
        }
        left = masked(left, leftMask);
        right = masked(right, rightMask);
    }

    private long[] masked(long[] vector, long[] mask) {
        if (vector == null) {
            return null;
        }
        long[] out = new long[Step.LAST_BLOCK * field.words()];
        System.arraycopy(mask, 0, out, 0, mask.length);
        System.arraycopy(vector, 0, out, mask.length, vector.length);
        Arrays.fill(vector, 0);
        return out;
    }

    /** The one element that is left of the one vector that a verifier has. */
    long[] value() {
        return (left != null ? left : right).clone();
    }

    void wipe() {
        for (long[] vector : new long[][] {left, right}) {
            if (vector != null) {
                Arrays.fill(vector, 0);
            }
        }
    }

    @Override
    public String toString() {
        return "ProofVectors";
    }
}
