package io.veilflow.zk.rule;

/**
 * A node with all that follows from the rule alone.
 *
 * @param index its place in the program; operands have smaller ones
 * @param comparisonWidth w of docs/wire.md section 3, in bits; 0 for every operation but a comparison
 */
public record RuleNode(
        int index, NodeOperation operation, Shape shape, NodeKind kind, Interval interval, int comparisonWidth) {
    public boolean isComparison() {
        return comparisonWidth > 0;
    }
}
