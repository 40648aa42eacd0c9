package io.veilflow.pipeline.evaluate;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.zk.rule.NodeKind;

/** A value behind a product, a comparison or a search: a sharing over Fr. */
record FieldValue(ElementShares elements) implements NodeValue {
    @Override
    public NodeKind kind() {
        return NodeKind.FIELD;
    }

    @Override
    public int size() {
        return elements.count();
    }

    @Override
    public LinearValue toLinear(PartyId self) {
        throw new IllegalStateException("a field value is no combination of inputs");
    }

    @Override
    public FieldValue toField(PartyId self) {
        return this;
    }

    /** Of the same size, or one factor for all. */
    FieldValue times(PublicNumbers factor) {
        return new FieldValue(
                factor.size() == 1 ? elements.times(factor.elements()) : elements.timesEach(factor.elements()));
    }

    @Override
    public FieldValue repeat(int slots) {
        return size() == slots ? this : new FieldValue(elements.repeat(slots));
    }

    @Override
    public FieldValue slice(int from, int length) {
        return new FieldValue(elements.slice(from, length));
    }

    @Override
    public FieldValue sum() {
        return new FieldValue(elements.sum());
    }

    @Override
    public void wipe() {
        elements.wipe();
    }
}
