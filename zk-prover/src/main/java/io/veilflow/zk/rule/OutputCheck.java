package io.veilflow.zk.rule;

import java.util.List;

/** What may be published: secrets that cannot be negative, plain or under a mask that hides them. */
final class OutputCheck {
    private final Rule rule;
    private final NodeNames names;

    private OutputCheck(Rule rule, NodeNames names) {
        this.rule = rule;
        this.names = names;
    }

    static void of(Rule rule, NodeNames names) {
        OutputCheck check = new OutputCheck(rule, names);
        long bits = 0;
        for (int output = 0; output < rule.outputs().size(); output++) {
            Output declared = rule.outputs().get(output);
            check.checkNode(declared);
            if (declared.mask().isPresent()) {
                check.checkMask(declared, declared.mask().getAsInt());
            }
            bits += (long) rule.valuesOfOutput(output) * rule.outputBits(output);
        }
        if (bits > RuleLimits.OUTPUT_BITS_MAX) {
            throw new RuleException(
                    RuleException.Reason.OUTPUT_BITS,
                    "the outputs have " + bits + " bits together, at most " + RuleLimits.OUTPUT_BITS_MAX);
        }
    }

    private void checkNode(Output output) {
        RuleNode node = rule.nodes().get(output.node());
        String refused = null;
        if (node.candidate().isPresent()) {
            refused = "depends on a candidate";
        } else if (node.kind() == NodeKind.PUBLIC) {
            refused = "is known to everybody before";
        } else if (node.interval().min().signum() < 0) {
            refused = "may be negative: " + node.interval();
        }
        if (refused != null) {
            throw new RuleException(
                    RuleException.Reason.OUTPUT_NOT_PUBLISHABLE,
                    "output " + output.name() + ", " + names.named(node.index()) + ", " + refused);
        }
    }

    /** The output is value + mask: the mask is one input of the same slot, longer than the value, and stands nowhere else. */
    private void checkMask(Output output, int mask) {
        RuleNode node = rule.nodes().get(output.node());
        if (!(rule.nodes().get(mask).operation() instanceof NodeOperation.SecretInput input)
                || !(node.operation() instanceof NodeOperation.Add add)
                || add.terms().size() != 2
                || add.terms().get(1) != mask
                || !node.shape().equals(Shape.perSlotOf(input.role()))) {
            throw refused(output, "is not the sum of a value per slot and a secret input of the same slot");
        }
        InputField field = rule.roles().get(input.role()).fields().get(input.field());
        Interval value = rule.nodes().get(add.terms().get(0)).interval();
        int needed = value.max().subtract(value.min()).bitLength() + RuleLimits.MASK_BITS_MORE;
        if (field.minimum().signum() != 0 || !field.fillsItsBits() || field.bits() < needed) {
            throw refused(
                    output,
                    "needs a mask of any " + needed + " bits, and " + names.definition(mask) + " is from "
                            + field.minimum() + " to " + field.maximum());
        }
        if (uses(input) != 1) {
            throw refused(output, "has the mask " + names.definition(mask) + " that is read elsewhere too");
        }
    }

    private long uses(NodeOperation.SecretInput input) {
        List<RuleNode> nodes = rule.nodes();
        long uses = rule.outputs().stream()
                .filter(output -> nodes.get(output.node()).operation().equals(input))
                .count();
        for (RuleNode node : nodes) {
            uses += node.operation().operands().stream()
                    .filter(operand -> nodes.get(operand).operation().equals(input))
                    .count();
        }
        return uses;
    }

    private RuleException refused(Output output, String message) {
        return new RuleException(
                RuleException.Reason.MASK,
                "output " + output.name() + ", " + names.named(output.node()) + ", " + message);
    }
}
