package io.veilflow.zk.rule;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A rule as text for people: nothing reads it back. */
final class RuleDescription {
    private final Rule rule;
    private final NodeNames names;
    private final StringBuilder text = new StringBuilder();

    RuleDescription(Rule rule) {
        this.rule = rule;
        this.names = new NodeNames(
                rule.roles(),
                rule.publicInputs(),
                rule.nodes().stream().map(RuleNode::operation).toList());
    }

    String text() {
        line("rule %s, hash %s", rule.name(), HexFormat.of().formatHex(rule.hash()));
        for (Role role : rule.roles()) {
            String fields = role.fields().stream().map(RuleDescription::bounds).collect(Collectors.joining(", "));
            String owners = role.owners() == 0 ? "" : " of " + role.owners() + " owners";
            line("role %s, %d slots%s: %s", role.name(), role.slots(), owners, fields);
        }
        rule.publicInputs()
                .forEach(input -> line("public %s (%s, %s)", input.name(), bits(input.bits()), input.origin()));
        rule.nodes().forEach(this::describe);
        for (int output = 0; output < rule.outputs().size(); output++) {
            describe(output, rule.outputs().get(output));
        }
        describeWords();
        describeCircuit();
        return text.toString();
    }

    private static String bounds(InputField field) {
        Interval interval = new Interval(field.minimum(), field.maximum());
        return interval.equals(Interval.ofBits(field.bits()))
                ? field.name() + " (" + bits(field.bits()) + ")"
                : field.name() + " (" + field.minimum() + " to " + field.maximum() + ")";
    }

    private void describe(RuleNode node) {
        String shape = node.shape().isScalar() ? "" : ", for " + names.named(node.shape());
        String comparison = node.isComparison() ? ", compares " + bits(node.comparisonWidth()) + " and a sign" : "";
        boolean twice = node.candidate().isPresent() && !(node.operation() instanceof NodeOperation.Candidate);
        String candidate = twice ? ", at n" + node.candidate().getAsInt() + " and at the next number" : "";
        line(
                "n%d = %s  ; %s%s, %s, %s%s%s",
                node.index(),
                names.definition(node.index()),
                node.kind(),
                shape,
                node.interval(),
                bits(node.interval().magnitudeBits()),
                comparison,
                candidate);
    }

    private void describe(int index, Output output) {
        String each = rule.nodes().get(output.node()).shape().isScalar()
                ? ""
                : ", one for each of "
                        + names.named(rule.nodes().get(output.node()).shape());
        String mask = output.mask().isPresent()
                ? ", under the owner's mask " + names.definition(output.mask().getAsInt())
                : "";
        line("output %s = n%d, %s%s%s", output.name(), output.node(), bits(rule.outputBits(index)), each, mask);
    }

    /** Values of one output, or used slots of one role, that follow each other in a word are one line. */
    private void describeWords() {
        List<PublicPart> parts = rule.publicWords().parts();
        for (int at = 0; at < parts.size(); at++) {
            PublicPart first = parts.get(at);
            PublicPart last = first;
            while (at + 1 < parts.size() && isOfOneVector(first, parts.get(at + 1))) {
                last = parts.get(++at);
            }
            String name = last == first ? first.name() : first.name() + " to " + last.name();
            int end = last.offset() + last.width() - 1;
            line("word %d, bits %d to %d: %s (%s)", first.word(), first.offset(), end, name, first.source());
        }
    }

    private static boolean isOfOneVector(PublicPart first, PublicPart next) {
        int bracket = first.name().indexOf('[');
        return bracket > 0
                && first.word() == next.word()
                && first.source() == next.source()
                && next.name().startsWith(first.name().substring(0, bracket + 1));
    }

    private void describeCircuit() {
        RangePlan ranges = rule.ranges();
        RuleCost cost = rule.cost();
        String shown = rule.limbBits() == 0
                ? "by " + ranges.bits() + " bits"
                : "by " + ranges.limbs() + " limbs of " + rule.limbBits() + " bits with " + ranges.lookups()
                        + " lookups, and " + ranges.bits() + " bits";
        line("ranges: %d, shown %s", ranges.ranges().size(), shown);
        line("advice: %d flags", flags());
        line("public inputs: %d, context and words", 1 + rule.publicWords().count());
        line("book: %d committed numbers", rule.bookSize());
        line(
                "circuit: %d constraints, %d of them ranges, %d in-proof %s",
                cost.rows(), cost.ranges(), cost.commitments(), cost.commitments() == 1 ? "commitment" : "commitments");
        line("estimate: %.1f s from the window's end to a verified proof, %d gas", cost.seconds(), cost.gas());
    }

    private long flags() {
        return rule.nodes().stream()
                .filter(RuleNode::isComparison)
                .mapToLong(node -> (long) node.copies() * rule.valuesOf(node))
                .sum();
    }

    private static String bits(int count) {
        return count == 1 ? "1 bit" : count + " bits";
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
