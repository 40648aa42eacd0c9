package io.veilflow.zk.rule;

/** Limits of docs/wire.md section 3 and PROTOCOLS section 14. */
public final class RuleLimits {
    /** A value's absolute bound stays below 2^this. */
    public static final int FIELD_BOUND_BITS = 250;

    public static final int COMPARISON_WIDTH_MAX = 169;
    public static final int OUTPUT_BITS_MAX = 128;

    /** A public word is below 2^253, hence below r. */
    public static final int WORD_BITS = 253;

    /** RISS components are laid out for 64-bit values. */
    public static final int INPUT_BITS_MAX = 64;

    public static final int SLOTS_MAX = 1 << 20;
    public static final int NODES_MAX = 1 << 16;
    public static final int BOOK_WIRES_MAX = 1 << 20;
    public static final int RULE_BYTES_MAX = 1 << 20;

    private RuleLimits() {}
}
