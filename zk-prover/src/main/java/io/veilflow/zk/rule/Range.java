package io.veilflow.zk.rule;

/**
 * A value v of which the circuit shows 0 <= v < 2^width (docs/wire.md section 3).
 *
 * @param where index of the public input, the book wire or the node
 * @param copy of a comparison on a candidate: 0 at h, 1 at h + 1; else 0
 * @param value slot or owner of the node; 0 for a public input, a book wire or a scalar
 * @param byLimbs whether limbs show it, or bits
 * @param from place of its lowest limb among all limbs, or of its lowest bit among all bits
 * @param pieces number of its limbs or bits
 */
public record Range(Kind kind, int where, int copy, int value, int width, boolean byLimbs, int from, int pieces) {
    public enum Kind {
        /** v = a public input. */
        PUBLIC_INPUT,
        /** v = book wire - minimum. */
        ABOVE_MINIMUM,
        /** v = maximum - book wire, where the width alone does not say so. */
        BELOW_MAXIMUM,
        /** v = a candidate, which is the sum of its limbs or bits. */
        CANDIDATE,
        /** v = b - a - 1 where a < b, else a - b. */
        LESS_THAN
    }

    public int limbs() {
        return byLimbs ? pieces : 0;
    }

    public int bits() {
        return byLimbs ? 0 : pieces;
    }

    /** Whether everybody knows v. */
    public boolean isPublic() {
        return kind == Kind.PUBLIC_INPUT;
    }
}
