package io.veilflow.pipeline.evaluate;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.zk.rule.NodeKind;

/** What a party holds of a node: one variant per kind, each more general than the one before. */
sealed interface NodeValue permits PublicNumbers, LinearValue, FieldValue {
    NodeKind kind();

    /** Values: one, or the slots or owners of a role. */
    int size();

    /** @throws IllegalStateException for a field value */
    LinearValue toLinear(PartyId self);

    FieldValue toField(PartyId self);

    /** The one value in every slot; a value of that size is itself. */
    NodeValue repeat(int slots);

    NodeValue slice(int from, int length);

    NodeValue sum();

    /** Overwrites what is secret; the value is of no use afterwards. */
    void wipe();
}
