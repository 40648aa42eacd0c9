package io.veilflow.mpc.verification;

import io.veilflow.mpc.field.P61;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.ledger.AndProducts;
import java.util.Arrays;

/**
 * ANDs of one prover (PROTOCOLS 4.5): e = x_i*y_i ^ z_i ^ r_i is known to the left verifier and, if the AND is right,
 * to the prover as x_i*y_{i+1} ^ x_{i+1}*y_i ^ r_{i+1}; a right AND contributes -1/2 and a wrong one +1/2, so m of
 * them sum to -m/2 exactly if all are right (m < p, no weights). Words are padded with zero words to groups of 8,
 * which count as right gates. Holds secrets.
 */
final class AndStatement implements Statement {
    private static final long HALF = 1L << 60;

    private final Interpolation interpolation;
    private final AndSide left;
    private final AndSide right;
    private final long[] secretSigns;
    private final int groups;
    private final long target;
    private ProofVectors vectors;

    /**
     * @param left null at the right verifier
     * @param right null at the left verifier
     * @param secretSigns computed for this statement, wiped with it
     * @param targeted whether t_L belongs to this party
     */
    AndStatement(Interpolation interpolation, AndSide left, AndSide right, long[] secretSigns, boolean targeted) {
        this.interpolation = interpolation;
        this.left = left;
        this.right = right;
        this.secretSigns = secretSigns;
        this.groups = left != null ? left.groups() : right.groups();
        long gates = (long) groups * AndSide.GROUP * Long.SIZE;
        this.target = targeted ? P61.sub(0, P61.mul(gates, HALF)) : 0;
    }

    static AndStatement ofProver(Interpolation interpolation, AndProducts ands, int from, int words) {
        long[] e = new long[words];
        signsOfProver(ands.xOwn(), ands.xNext(), ands.yOwn(), ands.yNext(), ands.maskNext(), from, e);
        AndSide left = new AndSide(ands.xOwn(), ands.yOwn(), from, words, e, 0);
        AndSide right = new AndSide(ands.yNext(), ands.xNext(), from, words, ands.maskNext(), from);
        return new AndStatement(interpolation, left, right, e, false);
    }

    static AndStatement ofLeft(Interpolation interpolation, AndProducts ands, int from, int words) {
        long[] e = new long[words];
        signsOfLeft(ands.xNext(), ands.yNext(), ands.zNext(), ands.maskNext(), from, e);
        AndSide left = new AndSide(ands.xNext(), ands.yNext(), from, words, e, 0);
        return new AndStatement(interpolation, left, null, e, true);
    }

    static AndStatement ofRight(Interpolation interpolation, AndProducts ands, int from, int words) {
        AndSide right = new AndSide(ands.yOwn(), ands.xOwn(), from, words, ands.maskOwn(), from);
        return new AndStatement(interpolation, null, right, new long[0], false);
    }

    private static void signsOfProver(
            long[] xOwn, long[] xNext, long[] yOwn, long[] yNext, long[] mask, int from, long[] out) {
        for (int k = 0; k < out.length; k++) {
            int at = from + k;
            out[k] = xOwn[at] & yNext[at] ^ xNext[at] & yOwn[at] ^ mask[at];
        }
    }

    private static void signsOfLeft(long[] x, long[] y, long[] z, long[] mask, int from, long[] out) {
        for (int k = 0; k < out.length; k++) {
            int at = from + k;
            out[k] = x[at] & y[at] ^ z[at] ^ mask[at];
        }
    }

    @Override
    public PrimeField field() {
        return PrimeField.P61;
    }

    static StatementSize sizeOf(int words) {
        long groups = (words + AndSide.GROUP - 1) / AndSide.GROUP;
        return new StatementSize(false, groups * Long.SIZE * AndSide.BLOCK, AndSide.BLOCK);
    }

    @Override
    public StatementSize size() {
        return sizeOf(groups * AndSide.GROUP);
    }

    @Override
    public void weigh(byte[] seed) {
        throw new IllegalStateException("ANDs carry no weights");
    }

    @Override
    public long[] target() {
        return new long[] {target};
    }

    @Override
    public long[] points(Step step) {
        return vectors == null ? AndPoints.of(left, right) : vectors.points(step.block());
    }

    @Override
    public void fold(Step step, long[] challenge) {
        if (vectors != null) {
            vectors.fold(step.block(), challenge);
            return;
        }
        long[] basis = interpolation.basis(AndSide.BLOCK, challenge);
        vectors = new ProofVectors(
                interpolation,
                BlockPolynomials.over(PrimeField.P61),
                PrimeField.P61,
                left == null ? null : new AndFold(true, basis).fold(left),
                right == null ? null : new AndFold(false, basis).fold(right),
                null);
        Arrays.fill(secretSigns, 0);
    }

    @Override
    public void mask(long[] leftMask, long[] rightMask) {
        vectors.mask(leftMask, rightMask);
    }

    @Override
    public long[] value() {
        return vectors.value();
    }

    @Override
    public void wipe() {
        Arrays.fill(secretSigns, 0);
        if (vectors != null) {
            vectors.wipe();
        }
    }

    @Override
    public String toString() {
        return "AndStatement[" + groups + " groups]";
    }
}
