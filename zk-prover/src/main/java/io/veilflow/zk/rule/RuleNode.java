package io.veilflow.zk.rule;

import java.util.OptionalInt;

/**
 * A node with all that follows from the rule alone.
 *
 * @param index its place in the program; operands have smaller ones
 * @param comparisonWidth w of docs/wire.md section 3 of a {@code less_than} or {@code equal}, in bits; else 0
 * @param candidate the candidate that it depends on, or that it is
 */
public record RuleNode(
        int index,
        NodeOperation operation,
        Shape shape,
        NodeKind kind,
        Interval interval,
        int comparisonWidth,
        OptionalInt candidate) {
    /** Whether it is a {@code less_than} or an {@code equal}. */
    public boolean isComparison() {
        return comparisonWidth > 0;
    }

    /** 2 for what is read at h and at h + 1, copy 0 and copy 1; else 1. */
    public int copies() {
        return candidate.isPresent() ? 2 : 1;
    }
}
