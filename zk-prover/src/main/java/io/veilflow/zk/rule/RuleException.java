package io.veilflow.zk.rule;

/** A rule, or inputs of a rule, that are refused. The message names the node or input and the bound, and no value. */
public final class RuleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public enum Reason {
        /** The bytes are no rule, or not the canonical bytes of one. */
        NOT_CANONICAL,
        /** A name, count or width outside its limits. */
        MALFORMED,
        /** A node's value could reach 2^250. */
        FIELD_BOUND,
        /** A comparison wider than 169 bits. */
        COMPARISON_WIDTH,
        /** An operation on the slots of two different roles. */
        ROLES_MIXED,
        /** A comparison of two values that everybody knows. */
        PUBLIC_COMPARISON,
        /** A sum over slots of a value that is no per-slot value. */
        SUM_OF_SCALAR,
        /** An output that is per slot, public, or may be negative. */
        OUTPUT_NOT_PUBLISHABLE,
        /** Outputs of more than 128 bits together. */
        OUTPUT_BITS,
        /** A value outside its declared width, or the wrong number of values. */
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
