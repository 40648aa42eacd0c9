package io.veilflow.zk.rule;

import java.util.List;

/**
 * What a rule costs: counts that follow from docs/wire.md section 3, and from them an estimate of time and gas.
 *
 * <p><b>The estimate</b> is a straight line through measured windows and no promise. Its reference machine has two x86-64 cores, shared by
 * all three parties over loopback in profile M; the chain is a local node, the post one of a running job.
 *
 * <pre>seconds = 0.5 + 0.00009 * rows + 0.000006 * secret bits + 0.012 * search bits
 * gas     = 332,100 + 7,750 * variable words + 1,000 * parameter words + 51,100 with limbs + 22,300 * output slots</pre>
 *
 * Outputs of 128 bits together stand in the slot that every result has; wider ones take a slot for each of their words.
 *
 * @param rows constraints of the circuit; the compiler's own count differs by a few, as it cuts long sums
 * @param ranges rows among them that show ranges, the lookup table included
 * @param products products and comparisons of shared values
 * @param secretBits bits that the parties must find: of all secret ranges
 * @param searchBits bits of candidates that are found one after the other: of searches that can go side by side, the longest
 * @param commitments inside the proof, 1 or 2
 */
public record RuleCost(
        long rows,
        long ranges,
        long products,
        long secretBits,
        int searchBits,
        int commitments,
        int variableWords,
        int parameterWords,
        int outputSlots) {
    /** Bits of outputs that the registry keeps with the rest of a result. */
    private static final int OUTPUT_BITS_INCLUDED = 128;

    /** Their squares. */
    private static final int CONTEXT_AND_CHALLENGE = 2;

    static RuleCost of(Rule rule) {
        RangePlan plan = rule.ranges();
        long pieces = (long) plan.bits() + plan.lookups() + (plan.limbBits() > 0 ? plan.counts() + 1L : 0);
        long sums = plan.ranges().stream()
                .filter(range -> range.kind() != Range.Kind.CANDIDATE)
                .count();
        int commitments = plan.limbBits() > 0 ? 2 : 1;
        long rows = pieces + sums + usedSlots(rule) + rule.publicWords().count() + CONTEXT_AND_CHALLENGE + commitments;
        long products = 0;
        boolean[] constant = new boolean[rule.nodes().size()];
        for (RuleNode node : rule.nodes()) {
            constant[node.index()] = isConstant(node, constant);
            long values = (long) node.copies() * rule.valuesOf(node);
            long each = rowsOf(node, constant);
            rows += each * values;
            products += each > 0 && node.kind() == NodeKind.FIELD ? values : 0;
        }
        long secretBits = plan.ranges().stream()
                .filter(range -> !range.isPublic())
                .mapToLong(Range::width)
                .sum();
        PublicWords words = rule.publicWords();
        return new RuleCost(
                rows,
                pieces + sums,
                products,
                secretBits,
                searchBits(rule),
                commitments,
                words.variableWords(),
                words.parameterWords(),
                outputSlots(rule));
    }

    /** From the window's end to a verified proof. */
    public double seconds() {
        return 0.5 + 0.00009 * rows + 0.000006 * secretBits + 0.012 * searchBits;
    }

    /** Of one {@code postWindow}. */
    public long gas() {
        long secondCommitment = commitments > 1 ? 51_100 : 0;
        return 332_100 + 7_750L * variableWords + 1_000L * parameterWords + secondCommitment + 22_300L * outputSlots;
    }

    private static int outputSlots(Rule rule) {
        int bits = 0;
        for (int output = 0; output < rule.outputs().size(); output++) {
            bits += rule.valuesOfOutput(output) * rule.outputBits(output);
        }
        return bits <= OUTPUT_BITS_INCLUDED ? 0 : rule.publicWords().outputWords();
    }

    /** A search waits for the searches that its condition reads. */
    private static int searchBits(Rule rule) {
        int[] before = new int[rule.nodes().size()];
        int longest = 0;
        for (RuleNode node : rule.nodes()) {
            for (int operand : node.operation().operands()) {
                before[node.index()] = Math.max(before[node.index()], before[operand]);
            }
            if (node.operation() instanceof NodeOperation.Greatest greatest) {
                NodeOperation.Candidate candidate = (NodeOperation.Candidate)
                        rule.nodes().get(greatest.candidate()).operation();
                before[node.index()] += candidate.bits();
            }
            longest = Math.max(longest, before[node.index()]);
        }
        return longest;
    }

    private static long usedSlots(Rule rule) {
        return rule.usedRoles().stream()
                .mapToLong(role -> rule.roles().get(role).slots())
                .sum();
    }

    private static boolean isConstant(RuleNode node, boolean[] constant) {
        List<Integer> operands = node.operation().operands();
        return operands.isEmpty()
                ? node.operation() instanceof NodeOperation.Constant
                : operands.stream().allMatch(operand -> constant[operand]);
    }

    /** Of one value in one copy, its range apart. A factor that is constant makes no row. */
    private static int rowsOf(RuleNode node, boolean[] constant) {
        List<Integer> operands = node.operation().operands();
        if (node.operation() instanceof NodeOperation.LessThan) {
            return 1;
        }
        if (node.operation() instanceof NodeOperation.Equal) {
            return 3;
        }
        if (node.operation() instanceof NodeOperation.Greatest) {
            return 2;
        }
        boolean product = node.operation() instanceof NodeOperation.Multiply
                || node.operation() instanceof NodeOperation.Both
                || node.operation() instanceof NodeOperation.Either;
        if (product) {
            return constant[operands.get(0)] || constant[operands.get(1)] ? 0 : 1;
        }
        if (node.operation() instanceof NodeOperation.Select) {
            return constant[operands.get(0)] || constant[operands.get(1)] && constant[operands.get(2)] ? 0 : 1;
        }
        return 0;
    }
}
