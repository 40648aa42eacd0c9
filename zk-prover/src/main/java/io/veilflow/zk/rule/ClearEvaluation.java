package io.veilflow.zk.rule;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a rule node by node with exact integers. What depends on a candidate waits for its {@code greatest}, which finds
 * the number bit by bit from the top, as the parties do; then it is read at that number and at the next.
 */
final class ClearEvaluation {
    private final Rule rule;
    private final ClearInputs inputs;
    private final List<List<BigInteger>> atFound;
    private final List<List<BigInteger>> atNext;
    /** Per candidate the nodes that wait for its greatest, itself first. */
    private final Map<Integer, List<RuleNode>> waiting = new HashMap<>();

    private ClearEvaluation(Rule rule, ClearInputs inputs) {
        this.rule = rule;
        this.inputs = inputs;
        this.atFound = unknown(rule);
        this.atNext = unknown(rule);
    }

    static ClearReading run(Rule rule, ClearInputs inputs) {
        inputs.check(rule);
        ClearEvaluation evaluation = new ClearEvaluation(rule, inputs);
        rule.nodes().forEach(evaluation::read);
        return new ClearReading(rule, inputs, List.of(evaluation.atFound, evaluation.atNext));
    }

    private void read(RuleNode node) {
        if (node.candidate().isPresent() && !isFound(node.candidate().getAsInt())) {
            waiting.computeIfAbsent(node.candidate().getAsInt(), any -> new ArrayList<>())
                    .add(node);
            return;
        }
        if (node.operation() instanceof NodeOperation.Greatest greatest) {
            find(greatest);
        }
        evaluate(node, atFound);
        if (node.candidate().isPresent()) {
            evaluate(node, atNext);
        } else {
            atNext.set(node.index(), atFound.get(node.index()));
        }
    }

    private boolean isFound(int candidate) {
        return atFound.get(candidate) != null;
    }

    private void find(NodeOperation.Greatest greatest) {
        RuleNode candidate = rule.nodes().get(greatest.candidate());
        List<RuleNode> dependent = waiting.remove(candidate.index());
        int bits = ((NodeOperation.Candidate) candidate.operation()).bits();
        List<BigInteger> found = new ArrayList<>();
        for (int value = 0; value < rule.valuesOf(candidate); value++) {
            found.add(BigInteger.ZERO);
        }
        List<List<BigInteger>> tried = new ArrayList<>(atFound);
        for (int bit = bits - 1; bit >= 0; bit--) {
            BigInteger step = BigInteger.ONE.shiftLeft(bit);
            evaluateAt(found.stream().map(step::add).toList(), candidate, dependent, tried);
            for (int value = 0; value < found.size(); value++) {
                if (tried.get(greatest.condition()).get(value).signum() > 0) {
                    found.set(value, found.get(value).add(step));
                }
            }
        }
        evaluateAt(List.copyOf(found), candidate, dependent, atFound);
        evaluateAt(found.stream().map(BigInteger.ONE::add).toList(), candidate, dependent, atNext);
    }

    private void evaluateAt(
            List<BigInteger> numbers, RuleNode candidate, List<RuleNode> dependent, List<List<BigInteger>> values) {
        values.set(candidate.index(), numbers);
        for (RuleNode node : dependent) {
            if (node.index() != candidate.index()) {
                evaluate(node, values);
            }
        }
    }

    private void evaluate(RuleNode node, List<List<BigInteger>> values) {
        List<BigInteger> found = node.operation().accept(new ClearNode(rule, inputs, values));
        values.set(node.index(), List.copyOf(found));
    }

    private static List<List<BigInteger>> unknown(Rule rule) {
        return new ArrayList<>(Collections.nCopies(rule.nodes().size(), null));
    }
}
