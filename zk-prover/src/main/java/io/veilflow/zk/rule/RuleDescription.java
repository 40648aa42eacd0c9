package io.veilflow.zk.rule;

import java.util.HexFormat;
import java.util.stream.Collectors;

/** A rule as text for people: nothing reads it back. */
final class RuleDescription {
    private final Rule rule;
    private final NodeNames names;

    RuleDescription(Rule rule) {
        this.rule = rule;
        this.names = new NodeNames(
                rule.roles(),
                rule.publicInputs(),
                rule.nodes().stream().map(RuleNode::operation).toList());
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append("rule ").append(rule.name()).append(", hash ");
        text.append(HexFormat.of().formatHex(rule.hash())).append('\n');
        for (Role role : rule.roles()) {
            String fields = role.fields().stream().map(RuleDescription::bounds).collect(Collectors.joining(", "));
            text.append("role ")
                    .append(role.name())
                    .append(", ")
                    .append(role.slots())
                    .append(" slots: ");
            text.append(fields).append('\n');
        }
        for (PublicInput input : rule.publicInputs()) {
            text.append("public ")
                    .append(input.name())
                    .append(" (")
                    .append(input.bits())
                    .append(" bits, ");
            text.append(input.origin()).append(")\n");
        }
        rule.nodes().forEach(node -> describe(node, text));
        for (Output output : rule.outputs()) {
            text.append("output ")
                    .append(output.name())
                    .append(" = n")
                    .append(output.node())
                    .append('\n');
        }
        for (PublicPart part : rule.publicWords().parts()) {
            text.append("word ")
                    .append(part.word())
                    .append(", bits ")
                    .append(part.offset())
                    .append(" to ");
            text.append(part.offset() + part.width() - 1).append(": ").append(part.name());
            text.append(" (").append(part.source()).append(")\n");
        }
        return text.toString();
    }

    private static String bounds(InputField field) {
        Interval interval = new Interval(field.minimum(), field.maximum());
        return interval.equals(Interval.ofBits(field.bits()))
                ? field.name() + " (" + field.bits() + " bits)"
                : field.name() + " (" + field.minimum() + " to " + field.maximum() + ")";
    }

    private void describe(RuleNode node, StringBuilder text) {
        String shape = node.shape().isScalar() ? "" : ", for " + names.named(node.shape());
        text.append('n')
                .append(node.index())
                .append(" = ")
                .append(names.definition(node.index()))
                .append("  ; ");
        text.append(node.kind()).append(shape).append(", ").append(node.interval());
        int bits = node.interval().magnitudeBits();
        text.append(", ").append(bits).append(bits == 1 ? " bit" : " bits");
        if (node.isComparison()) {
            text.append(", compares ").append(node.comparisonWidth()).append(" bits and a sign");
        }
        text.append('\n');
    }
}
