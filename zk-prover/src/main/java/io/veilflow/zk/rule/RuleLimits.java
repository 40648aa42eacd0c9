package io.veilflow.zk.rule;

/** Limits of docs/wire.md section 3 and PROTOCOLS section 14. */
public final class RuleLimits {
    /** A value's absolute bound stays below 2^this. */
    public static final int FIELD_BOUND_BITS = 250;

    public static final int COMPARISON_WIDTH_MAX = 169;

    /** Outputs stand in the first words, at most this many. */
    public static final int OUTPUT_WORDS_MAX = 8;

    /** A public word is below 2^253, hence below r. */
    public static final int WORD_BITS = 253;

    public static final int OUTPUT_BITS_MAX = OUTPUT_WORDS_MAX * WORD_BITS;

    /** RISS components are laid out for 64-bit values and their negatives. */
    public static final int INPUT_BITS_MAX = 64;

    /** Bits that the mask of an output has more than the value under it: it shows at most 2^-40 of a difference. */
    public static final int MASK_BITS_MORE = 40;

    public static final int CANDIDATE_BITS_MAX = 64;
    public static final int LIMB_BITS_MIN = 4;
    public static final int LIMB_BITS_MAX = 8;

    /** Ranges up to this width are shown by bits whatever the rule says. */
    public static final int NARROW_BITS = 2;

    public static final int SLOTS_MAX = 1 << 20;
    public static final int NODES_MAX = 1 << 16;
    public static final int BOOK_WIRES_MAX = 1 << 20;
    public static final int RULE_BYTES_MAX = 1 << 20;

    private RuleLimits() {}
}
