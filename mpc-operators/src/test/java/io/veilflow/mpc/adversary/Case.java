package io.veilflow.mpc.adversary;

import io.veilflow.mpc.party.PartyId;
import java.util.List;
import java.util.function.Supplier;

/**
 * One deviation of one party in one scenario.
 *
 * @param kind its column in the report
 * @param place where exactly
 * @param attack what the party does on its links and with its keys
 * @param inputs what it computes on
 * @param program what it computes
 */
record Case(
        Scenario scenario,
        PartyId corrupted,
        String kind,
        String place,
        Supplier<Attack> attack,
        List<SharedVector> inputs,
        Scenario.Program program) {
    boolean mustBeRight() {
        return kind.equals(Change.DELAY.name());
    }

    @Override
    public String toString() {
        return scenario + ": " + corrupted + " " + kind + " " + place;
    }
}
