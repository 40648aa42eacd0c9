package io.veilflow.pipeline.evaluate;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.zk.rule.NodeKind;

/**
 * A combination of secret inputs with public factors, kept twice without a message: mod 2^192 for bits and mod r for products
 * and advice (PROTOCOLS 3). Both stand for the same integer.
 */
record LinearValue(IntegerShares integers, ElementShares elements) implements NodeValue {
    @Override
    public NodeKind kind() {
        return NodeKind.LINEAR;
    }

    @Override
    public int size() {
        return integers.count();
    }

    LinearValue plus(LinearValue other) {
        return new LinearValue(integers.plus(other.integers), elements.plus(other.elements));
    }

    LinearValue minus(LinearValue other) {
        return new LinearValue(integers.minus(other.integers), elements.minus(other.elements));
    }

    /** Of the same size, or one factor for all. */
    LinearValue times(PublicNumbers factor) {
        return factor.size() == 1
                ? new LinearValue(integers.times(factor.words()), elements.times(factor.elements()))
                : new LinearValue(integers.timesEach(factor.words()), elements.timesEach(factor.elements()));
    }

    @Override
    public LinearValue toLinear(PartyId self) {
        return this;
    }

    @Override
    public FieldValue toField(PartyId self) {
        return new FieldValue(elements);
    }

    @Override
    public LinearValue repeat(int slots) {
        return size() == slots ? this : new LinearValue(integers.repeat(slots), elements.repeat(slots));
    }

    @Override
    public LinearValue slice(int from, int length) {
        return new LinearValue(integers.slice(from, length), elements.slice(from, length));
    }

    @Override
    public LinearValue sum() {
        return new LinearValue(integers.sum(), elements.sum());
    }

    @Override
    public void wipe() {
        integers.wipe();
        elements.wipe();
    }
}
