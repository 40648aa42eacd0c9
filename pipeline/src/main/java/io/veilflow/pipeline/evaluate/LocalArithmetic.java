package io.veilflow.pipeline.evaluate;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.zk.rule.NodeKind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Sums, differences and public multiples of node values: no message. A scalar counts in every slot of the other operand. */
final class LocalArithmetic {
    private static final PublicNumbers ONE = PublicNumbers.scalar(BigInteger.ONE);

    private final PartyId self;

    LocalArithmetic(PartyId self) {
        this.self = self;
    }

    NodeValue add(NodeValue left, NodeValue right) {
        int size = Math.max(left.size(), right.size());
        return switch (common(left, right)) {
            case PUBLIC -> known(left).with(known(right), BigInteger::add);
            case LINEAR -> linear(left, size).plus(linear(right, size));
            case FIELD ->
                new FieldValue(
                        field(left, size).elements().plus(field(right, size).elements()));
        };
    }

    NodeValue subtract(NodeValue left, NodeValue right) {
        int size = Math.max(left.size(), right.size());
        return switch (common(left, right)) {
            case PUBLIC -> known(left).with(known(right), BigInteger::subtract);
            case LINEAR -> linear(left, size).minus(linear(right, size));
            case FIELD ->
                new FieldValue(
                        field(left, size).elements().minus(field(right, size).elements()));
        };
    }

    /** One of the two is public. */
    NodeValue scale(NodeValue left, NodeValue right) {
        if (left.kind() == NodeKind.PUBLIC) {
            return scaled(right, known(left));
        }
        return scaled(left, known(right));
    }

    private NodeValue scaled(NodeValue value, PublicNumbers factor) {
        int size = Math.max(value.size(), factor.size());
        return switch (value.kind()) {
            case PUBLIC -> known(value).with(factor, BigInteger::multiply);
            case LINEAR -> linear(value, size).times(factor);
            case FIELD -> field(value, size).times(factor);
        };
    }

    /** 1 - value. */
    NodeValue not(NodeValue value) {
        return subtract(ONE, value);
    }

    /** The sums of runs of slots, one after another. */
    NodeValue sumsOf(NodeValue slots, List<Integer> lengths) {
        List<NodeValue> sums = new ArrayList<>();
        int from = 0;
        for (int length : lengths) {
            sums.add(slots.slice(from, length).sum());
            from += length;
        }
        return switch (slots.kind()) {
            case PUBLIC ->
                new PublicNumbers(
                        sums.stream().map(one -> known(one).values().get(0)).toList());
            case LINEAR ->
                new LinearValue(
                        IntegerShares.concat(sums.stream()
                                .map(one -> one.toLinear(self).integers())
                                .toList()),
                        elements(sums));
            case FIELD -> new FieldValue(elements(sums));
        };
    }

    private ElementShares elements(List<NodeValue> values) {
        return ElementShares.concat(
                PrimeField.FR,
                values.stream().map(one -> one.toField(self).elements()).toList());
    }

    /** The value over Fr, so many times if it is a scalar. */
    FieldValue field(NodeValue value, int size) {
        return value.toField(self).repeat(size);
    }

    private LinearValue linear(NodeValue value, int size) {
        return value.toLinear(self).repeat(size);
    }

    private static NodeKind common(NodeValue left, NodeValue right) {
        return left.kind().compareTo(right.kind()) >= 0 ? left.kind() : right.kind();
    }

    private static PublicNumbers known(NodeValue value) {
        if (value instanceof PublicNumbers numbers) {
            return numbers;
        }
        throw new IllegalStateException("not a public value");
    }
}
