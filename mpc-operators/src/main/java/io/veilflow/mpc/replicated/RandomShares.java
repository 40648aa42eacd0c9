package io.veilflow.mpc.replicated;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Operation;

/**
 * Shared uniform values that nobody knows, without a message: component i is F_i (PROTOCOLS 4.0). PRSS purpose "rand/Fr",
 * "rand/F_p61" or "rand/Z_Q"; the index runs on, so no value comes twice. There is nothing here that a malicious party could change.
 */
public final class RandomShares {
    private final Operation operation;

    public RandomShares(Operation operation) {
        this.operation = operation;
    }

    public ElementShares elements(PrimeField field, int count) {
        PartyId self = operation.self();
        ElementShares out = ElementShares.zeros(field, count);
        operation.stream(self.index(), "rand/" + field.label()).elements(field, out.own(), 0, count);
        operation.stream(self.next().index(), "rand/" + field.label()).elements(field, out.next(), 0, count);
        return out;
    }
}
