package io.veilflow.zk.rule;

/** A rule, or inputs of a rule, that are refused. The message names the node or input and the bound, and no value. */
public final class RuleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public enum Reason {
        /** The bytes are no rule, or not the canonical bytes of one. */
        NOT_CANONICAL,
        /** A name, count, width or bound outside its limits. */
        MALFORMED,
        /** A node's value could reach 2^250. */
        FIELD_BOUND,
        /** A comparison wider than 169 bits. */
        COMPARISON_WIDTH,
        /** An operation on the slots or owners of two different roles. */
        ROLES_MIXED,
        /** An operation on a value of a shape that it does not take. */
        WRONG_SHAPE,
        /** A comparison of two values that everybody knows. */
        PUBLIC_COMPARISON,
        /** A sum over slots of a value that is no per-slot value. */
        SUM_OF_SCALAR,
        /** Logic on a value that can be something else than 0 or 1. */
        NOT_A_BIT,
        /** A candidate without its one {@code greatest}, or read outside the condition of that one. */
        CANDIDATE,
        /** An output that is public, may be negative, or is of a candidate. */
        OUTPUT_NOT_PUBLISHABLE,
        /** Outputs that do not fit the first eight words. */
        OUTPUT_BITS,
        /** A mask that is too short, is no input of the slot's owner, or is read elsewhere too. */
        MASK,
        /** Limbs of a size that does not exist, or without a range that needs them. */
        LIMB_BITS,
        /** A value outside its declared bounds, or the wrong number of values. */
        INPUT_OUT_OF_RANGE
    }

    private final Reason reason;

    public RuleException(Reason reason, String message) {
        super(reason + ": " + message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
