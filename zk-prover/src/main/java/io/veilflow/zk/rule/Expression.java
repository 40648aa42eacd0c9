package io.veilflow.zk.rule;

/** A node of a rule that is being written. Its methods add the next node to the same rule. */
public final class Expression {
    private final RuleBuilder rule;
    private final int node;

    Expression(RuleBuilder rule, int node) {
        this.rule = rule;
        this.node = node;
    }

    /** Its place in the program. */
    public int node() {
        return node;
    }

    public Expression plus(Expression other) {
        return rule.add(this, other);
    }

    public Expression minus(Expression other) {
        return rule.append(new NodeOperation.Subtract(node, rule.operand(other)));
    }

    public Expression times(Expression other) {
        return rule.append(new NodeOperation.Multiply(node, rule.operand(other)));
    }

    public Expression times(long factor) {
        return times(rule.constant(factor));
    }

    /** 1 if this is less than the other, else 0. */
    public Expression lessThan(Expression other) {
        return rule.append(new NodeOperation.LessThan(node, rule.operand(other)));
    }

    /** The sum over all slots of the role. */
    public Expression sumOverSlots() {
        return rule.append(new NodeOperation.Sum(node));
    }

    boolean belongsTo(RuleBuilder other) {
        return rule == other;
    }

    @Override
    public String toString() {
        return "n" + node;
    }
}
