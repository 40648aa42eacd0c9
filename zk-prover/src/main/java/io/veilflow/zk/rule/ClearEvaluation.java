package io.veilflow.zk.rule;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

/** Reads a rule node by node with exact integers. */
final class ClearEvaluation implements NodeOperation.Visitor<List<BigInteger>> {
    private final Rule rule;
    private final ClearInputs inputs;
    private final List<List<BigInteger>> values = new ArrayList<>();
    private final List<Boolean> advice = new ArrayList<>();

    private ClearEvaluation(Rule rule, ClearInputs inputs) {
        this.rule = rule;
        this.inputs = inputs;
    }

    static ClearReading run(Rule rule, ClearInputs inputs) {
        inputs.check(rule);
        ClearEvaluation evaluation = new ClearEvaluation(rule, inputs);
        for (RuleNode node : rule.nodes()) {
            evaluation.values.add(List.copyOf(node.operation().accept(evaluation)));
        }
        return new ClearReading(rule, inputs, evaluation.values, evaluation.advice);
    }

    @Override
    public List<BigInteger> secretInput(NodeOperation.SecretInput input) {
        List<BigInteger> slots = new ArrayList<>();
        for (int slot = 0; slot < rule.roles().get(input.role()).slots(); slot++) {
            slots.add(inputs.book().get(rule.bookIndex(input.role(), slot, input.field())));
        }
        return slots;
    }

    @Override
    public List<BigInteger> publicInput(NodeOperation.PublicValue input) {
        return List.of(inputs.publicInputs().get(input.input()));
    }

    @Override
    public List<BigInteger> constant(NodeOperation.Constant constant) {
        return List.of(constant.value());
    }

    @Override
    public List<BigInteger> add(NodeOperation.Add add) {
        List<BigInteger> sum = values.get(add.terms().get(0));
        for (int term : add.terms().subList(1, add.terms().size())) {
            sum = slotwise(sum, values.get(term), BigInteger::add);
        }
        return sum;
    }

    @Override
    public List<BigInteger> subtract(NodeOperation.Subtract subtract) {
        return slotwise(values.get(subtract.left()), values.get(subtract.right()), BigInteger::subtract);
    }

    @Override
    public List<BigInteger> multiply(NodeOperation.Multiply multiply) {
        return slotwise(values.get(multiply.left()), values.get(multiply.right()), BigInteger::multiply);
    }

    @Override
    public List<BigInteger> lessThan(NodeOperation.LessThan comparison) {
        int width = rule.nodes().get(values.size()).comparisonWidth();
        List<BigInteger> flags = new ArrayList<>();
        List<BigInteger> differences =
                slotwise(values.get(comparison.left()), values.get(comparison.right()), BigInteger::subtract);
        for (BigInteger difference : differences) {
            boolean less = difference.signum() < 0;
            // b - a - 1 is the bitwise complement of a - b
            BigInteger rest = less ? difference.not() : difference;
            advice.add(less);
            for (int bit = 0; bit < width; bit++) {
                advice.add(rest.testBit(bit));
            }
            flags.add(less ? BigInteger.ONE : BigInteger.ZERO);
        }
        return flags;
    }

    @Override
    public List<BigInteger> sum(NodeOperation.Sum sum) {
        return List.of(values.get(sum.terms()).stream().reduce(BigInteger.ZERO, BigInteger::add));
    }

    /** A scalar stands for the same value in every slot. */
    private static List<BigInteger> slotwise(
            List<BigInteger> left, List<BigInteger> right, BinaryOperator<BigInteger> operation) {
        int slots = Math.max(left.size(), right.size());
        List<BigInteger> result = new ArrayList<>(slots);
        for (int slot = 0; slot < slots; slot++) {
            result.add(operation.apply(left.get(left.size() == 1 ? 0 : slot), right.get(right.size() == 1 ? 0 : slot)));
        }
        return result;
    }
}
