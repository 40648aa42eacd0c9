package io.veilflow.pipeline.evaluate;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.zk.rule.NodeKind;
import java.math.BigInteger;

/** Sums, differences and public multiples of node values: no message. A scalar counts in every slot of the other operand. */
final class LocalArithmetic {
    private final PartyId self;

    LocalArithmetic(PartyId self) {
        this.self = self;
    }

    NodeValue add(NodeValue left, NodeValue right) {
        return switch (common(left, right)) {
            case PUBLIC -> new PublicScalar(known(left).add(known(right)));
            case LINEAR -> linear(left, right).plus(linear(right, left));
            case FIELD ->
                new FieldValue(
                        field(left, right).elements().plus(field(right, left).elements()));
        };
    }

    NodeValue subtract(NodeValue left, NodeValue right) {
        return switch (common(left, right)) {
            case PUBLIC -> new PublicScalar(known(left).subtract(known(right)));
            case LINEAR -> linear(left, right).minus(linear(right, left));
            case FIELD ->
                new FieldValue(
                        field(left, right).elements().minus(field(right, left).elements()));
        };
    }

    NodeValue scale(NodeValue value, PublicScalar factor) {
        return switch (value.kind()) {
            case PUBLIC -> new PublicScalar(known(value).multiply(factor.value()));
            case LINEAR -> value.toLinear(self).times(factor);
            case FIELD -> new FieldValue(value.toField(self).elements().times(factor.element()));
        };
    }

    /** The value over Fr, repeated to the other's slots. */
    FieldValue field(NodeValue value, NodeValue other) {
        FieldValue lifted = value.toField(self);
        return lifted.size() < other.size() ? lifted.repeat(other.size()) : lifted;
    }

    private LinearValue linear(NodeValue value, NodeValue other) {
        LinearValue lifted = value.toLinear(self);
        return lifted.size() < other.size() ? lifted.repeat(other.size()) : lifted;
    }

    private static NodeKind common(NodeValue left, NodeValue right) {
        return left.kind().compareTo(right.kind()) >= 0 ? left.kind() : right.kind();
    }

    private static BigInteger known(NodeValue value) {
        if (value instanceof PublicScalar scalar) {
            return scalar.value();
        }
        throw new IllegalStateException("not a public value");
    }
}
