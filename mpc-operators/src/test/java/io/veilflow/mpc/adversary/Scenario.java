package io.veilflow.mpc.adversary;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.Session;
import java.util.List;
import java.util.Map;

/**
 * A primitive between inputs and an opened result, so that its end can be judged.
 *
 * @param primitive its line in the report
 * @param name tells it from others of the primitive
 * @param domain of its messages, where their label does not tell
 * @param labels messages of another domain than that, by label
 * @param inputs per party
 * @param expected the right result, as opened
 * @param deviations programs that only a corrupted party runs, by name
 */
record Scenario(
        String primitive,
        String name,
        Profile profile,
        Domain domain,
        Map<String, Domain> labels,
        List<List<SharedVector>> inputs,
        Ending ending,
        Program program,
        long[] expected,
        Map<String, Program> deviations) {
    /** From inputs to the shares of the result. */
    @FunctionalInterface
    interface Program {
        SharedVector compute(Session session, List<SharedVector> inputs);
    }

    /** From the shares of the result to the result. */
    @FunctionalInterface
    interface Ending {
        long[] open(Session session, SharedVector shares, Trial trial);
    }

    /** In profile M: computed, verified, opened. */
    static Scenario verified(
            String primitive, String name, Domain domain, Inputs inputs, Program program, long[] expected) {
        return new Scenario(
                primitive,
                name,
                Profile.M,
                domain,
                Map.of(),
                inputs.perParty(),
                Endings.verifiedOpening(),
                program,
                expected,
                Map.of());
    }

    /** With programs for the corrupted party. */
    Scenario withDeviations(Map<String, Program> programs) {
        return new Scenario(primitive, name, profile, domain, labels, inputs, ending, program, expected, programs);
    }

    /** Messages of this label are of another domain. */
    Scenario withLabel(String label, Domain other) {
        return new Scenario(
                primitive, name, profile, domain, Map.of(label, other), inputs, ending, program, expected, deviations);
    }

    /** Ends with a fair opening. */
    Scenario opensFairly() {
        return new Scenario(
                primitive, name, profile, domain, labels, inputs, Endings.FAIR, program, expected, deviations);
    }

    boolean isFair() {
        return ending == Endings.FAIR;
    }

    Domain domainOf(String label) {
        return labels.containsKey(label) ? labels.get(label) : Domain.of(label, domain);
    }

    /** The run of one party. */
    long[] run(Session session, List<SharedVector> mine, Program own, Trial trial) {
        SharedVector shares = own.compute(session, mine);
        trial.computed(session.self(), shares);
        return ending.open(session, shares, trial);
    }

    List<SharedVector> inputsOf(PartyId party) {
        return inputs.get(party.index());
    }

    @Override
    public String toString() {
        return primitive + " (" + name + ", " + profile + ")";
    }
}
