package io.veilflow.mpc.adversary;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.replicated.OpeningClass;
import io.veilflow.mpc.session.Profile;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Openings of planes and of both fields, every class, both profiles: their own check is in both (PROTOCOLS 4.2). */
final class OpeningScenarios {
    private OpeningScenarios() {}

    static List<Scenario> all(long seed) {
        List<Scenario> out = new ArrayList<>();
        for (Profile profile : Profile.values()) {
            for (OpeningClass why : OpeningClass.values()) {
                out.add(planes(seed, profile, why, 1, 1));
                out.add(planes(seed, profile, why, 65, 3));
                out.add(elements(seed, profile, why, PrimeField.FR, 1));
                out.add(elements(seed, profile, why, PrimeField.FR, 5));
                out.add(elements(seed, profile, why, PrimeField.P61, 1));
                out.add(elements(seed, profile, why, PrimeField.P61, 5));
            }
        }
        return out;
    }

    private static Scenario planes(long seed, Profile profile, OpeningClass why, int lanes, int planes) {
        Inputs inputs = new Inputs(seed);
        List<BigInteger> values = inputs.unsigned(planes, lanes);
        return opening(
                lanes + " lanes, " + planes + " planes, " + why,
                profile,
                why,
                Domain.WORDS,
                inputs.bits(values, planes),
                Inputs.planes(values, planes));
    }

    private static Scenario elements(long seed, Profile profile, OpeningClass why, PrimeField field, int count) {
        Inputs inputs = new Inputs(seed);
        long[] values = inputs.uniform(field, count);
        return opening(
                count + " of " + field.label() + ", " + why,
                profile,
                why,
                Domain.of(field),
                inputs.elements(field, values),
                values);
    }

    private static Scenario opening(
            String name, Profile profile, OpeningClass why, Domain domain, Inputs inputs, long[] expected) {
        return new Scenario(
                "opening",
                name,
                profile,
                domain,
                inputs.perParty(),
                Endings.opening(why),
                (session, mine) -> mine.get(0),
                expected,
                Map.of());
    }
}
