package io.veilflow.zk.rule;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

/** One node from the values of earlier ones, with exact integers; one copy of them. */
final class ClearNode implements NodeOperation.Visitor<List<BigInteger>> {
    private final Rule rule;
    private final ClearInputs inputs;
    private final List<List<BigInteger>> values;

    /** @param values by node; set where they are known */
    ClearNode(Rule rule, ClearInputs inputs, List<List<BigInteger>> values) {
        this.rule = rule;
        this.inputs = inputs;
        this.values = values;
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
    public List<BigInteger> used(NodeOperation.Used used) {
        return inputs.used().bits(used.role());
    }

    @Override
    public List<BigInteger> add(NodeOperation.Add add) {
        List<BigInteger> sum = values.get(add.terms().get(0));
        for (int term : add.terms().subList(1, add.terms().size())) {
            sum = each(sum, values.get(term), BigInteger::add);
        }
        return sum;
    }

    @Override
    public List<BigInteger> subtract(NodeOperation.Subtract subtract) {
        return each(subtract.left(), subtract.right(), BigInteger::subtract);
    }

    @Override
    public List<BigInteger> multiply(NodeOperation.Multiply multiply) {
        return each(multiply.left(), multiply.right(), BigInteger::multiply);
    }

    @Override
    public List<BigInteger> lessThan(NodeOperation.LessThan comparison) {
        return each(comparison.left(), comparison.right(), (left, right) -> bit(left.compareTo(right) < 0));
    }

    @Override
    public List<BigInteger> equal(NodeOperation.Equal comparison) {
        return each(comparison.left(), comparison.right(), (left, right) -> bit(left.equals(right)));
    }

    @Override
    public List<BigInteger> both(NodeOperation.Both both) {
        return each(both.left(), both.right(), BigInteger::and);
    }

    @Override
    public List<BigInteger> either(NodeOperation.Either either) {
        return each(either.left(), either.right(), BigInteger::or);
    }

    @Override
    public List<BigInteger> not(NodeOperation.Not not) {
        return values.get(not.operand()).stream().map(BigInteger.ONE::subtract).toList();
    }

    /** otherwise + condition * (chosen - otherwise). */
    @Override
    public List<BigInteger> select(NodeOperation.Select select) {
        List<BigInteger> difference = each(select.chosen(), select.otherwise(), BigInteger::subtract);
        List<BigInteger> step = each(values.get(select.condition()), difference, BigInteger::multiply);
        return each(values.get(select.otherwise()), step, BigInteger::add);
    }

    @Override
    public List<BigInteger> sum(NodeOperation.Sum sum) {
        return List.of(total(values.get(sum.terms())));
    }

    @Override
    public List<BigInteger> sumByOwner(NodeOperation.SumByOwner sum) {
        List<BigInteger> slots = values.get(sum.terms());
        Role role = rule.roles().get(rule.nodes().get(sum.terms()).shape().role());
        List<BigInteger> owners = new ArrayList<>();
        int from = 0;
        for (int owned : role.ownerSlots()) {
            owners.add(total(slots.subList(from, from + owned)));
            from += owned;
        }
        return owners;
    }

    @Override
    public List<BigInteger> zip(NodeOperation.Zip zip) {
        return values.get(zip.operand());
    }

    @Override
    public List<BigInteger> broadcast(NodeOperation.Broadcast broadcast) {
        return values.get(broadcast.operand());
    }

    @Override
    public List<BigInteger> candidate(NodeOperation.Candidate candidate) {
        throw new IllegalStateException("a candidate is set by the descent");
    }

    @Override
    public List<BigInteger> greatest(NodeOperation.Greatest greatest) {
        return values.get(greatest.candidate());
    }

    private List<BigInteger> each(int left, int right, BinaryOperator<BigInteger> operation) {
        return each(values.get(left), values.get(right), operation);
    }

    /** A scalar stands for the same value in every slot. */
    private static List<BigInteger> each(
            List<BigInteger> left, List<BigInteger> right, BinaryOperator<BigInteger> operation) {
        int count = Math.max(left.size(), right.size());
        List<BigInteger> result = new ArrayList<>(count);
        for (int k = 0; k < count; k++) {
            result.add(operation.apply(left.get(left.size() == 1 ? 0 : k), right.get(right.size() == 1 ? 0 : k)));
        }
        return result;
    }

    private static BigInteger total(List<BigInteger> terms) {
        return terms.stream().reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static BigInteger bit(boolean set) {
        return set ? BigInteger.ONE : BigInteger.ZERO;
    }
}
