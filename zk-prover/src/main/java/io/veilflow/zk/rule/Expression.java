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

    /** 1 if this is at most the other, else 0. */
    public Expression atMost(Expression other) {
        return other.lessThan(this).not();
    }

    /** 1 if both are the same number, else 0. */
    public Expression equalTo(Expression other) {
        return rule.append(new NodeOperation.Equal(node, rule.operand(other)));
    }

    /** Of two bits. */
    public Expression and(Expression other) {
        return rule.append(new NodeOperation.Both(node, rule.operand(other)));
    }

    /** Of two bits. */
    public Expression or(Expression other) {
        return rule.append(new NodeOperation.Either(node, rule.operand(other)));
    }

    /** Of a bit. */
    public Expression not() {
        return rule.append(new NodeOperation.Not(node));
    }

    /** The first where this bit is 1, the second where it is 0. */
    public Expression select(Expression chosen, Expression otherwise) {
        return rule.append(new NodeOperation.Select(node, rule.operand(chosen), rule.operand(otherwise)));
    }

    /** The sum over all slots of the role, or over all its owners. */
    public Expression sumOverSlots() {
        return rule.append(new NodeOperation.Sum(node));
    }

    /** Per owner of the role the sum over its slots. */
    public Expression sumByOwner() {
        return rule.append(new NodeOperation.SumByOwner(node));
    }

    /** The same values, read by the slots with the same index of another role with as many. */
    public Expression zipTo(RoleBuilder role) {
        return rule.append(new NodeOperation.Zip(node, role.indexIn(rule)));
    }

    /** The value of a role's only slot, for everybody. */
    public Expression broadcast() {
        return rule.append(new NodeOperation.Broadcast(node));
    }

    boolean belongsTo(RuleBuilder other) {
        return rule == other;
    }

    @Override
    public String toString() {
        return "n" + node;
    }
}
