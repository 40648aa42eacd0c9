package io.veilflow.mpc.replicated;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Operation;

/** Shared uniform values that nobody knows, without a message: component i is F_i (PROTOCOLS 4.0). PRSS purpose "rand/Fr". */
public final class RandomShares {
    private final Operation operation;

    public RandomShares(Operation operation) {
        this.operation = operation;
    }

    public FrShares fr(int count) {
        PartyId self = operation.self();
        FrShares out = FrShares.zeros(count);
        operation.stream(self.index(), "rand/Fr").fr(out.own(), 0, count);
        operation.stream(self.next().index(), "rand/Fr").fr(out.next(), 0, count);
        return out;
    }
}
