package io.veilflow.mpc.adversary;

import io.veilflow.mpc.adversary.SharedVector.Bits;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.replicated.MaskedOpening;
import io.veilflow.mpc.replicated.PublicCoins;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.testing.ThreePartyWorld;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Openings of planes and of every field, masked openings and coins, in both profiles: the check is in both (PROTOCOLS 4.2). */
final class OpeningScenarios {
    private static final List<PrimeField> FIELDS = List.of(PrimeField.FR, PrimeField.P61, PrimeField.ZQ);

    private OpeningScenarios() {}

    static List<Scenario> all(long seed) {
        List<Scenario> out = new ArrayList<>();
        for (Profile profile : Profile.values()) {
            for (boolean masked : new boolean[] {false, true}) {
                out.add(planes(seed, profile, masked, 1, 1));
                out.add(planes(seed, profile, masked, 65, 3));
            }
            for (PrimeField field : FIELDS) {
                out.add(elements(seed, profile, field, 1));
                out.add(elements(seed, profile, field, 5));
                out.add(coins(seed, profile, field));
            }
        }
        return out;
    }

    private static Scenario planes(long seed, Profile profile, boolean masked, int lanes, int planes) {
        Inputs inputs = new Inputs(seed);
        List<BigInteger> values = inputs.unsigned(planes, lanes);
        return scenario(
                masked ? "masked opening" : "opening",
                lanes + " lanes, " + planes + " planes",
                profile,
                Domain.WORDS,
                inputs.bits(values, planes),
                masked ? OpeningScenarios::openMasked : Endings.opening(),
                Inputs.planes(values, planes));
    }

    private static long[] openMasked(Session session, SharedVector shares, Trial trial) {
        trial.opens(session.self());
        return new MaskedOpening(session.operation("result")).open(((Bits) shares).shares(), "open");
    }

    private static Scenario elements(long seed, Profile profile, PrimeField field, int count) {
        Inputs inputs = new Inputs(seed);
        long[] values = inputs.uniform(field, count);
        return scenario(
                "opening",
                count + " of " + field.label(),
                profile,
                Domain.of(field),
                inputs.elements(field, values),
                Endings.opening(),
                values);
    }

    /** The world of the harness has the same keys, so an honest run tells the coins. */
    private static Scenario coins(long seed, Profile profile, PrimeField field) {
        Scenario.Ending ending =
                (session, shares, trial) -> new PublicCoins(session.operation("coins")).elements(field, 2, "coin");
        long[] expected = ThreePartyWorld.seeded(seed)
                .run(session -> ending.open(session, null, null))
                .get(0);
        return scenario(
                "public coins",
                "2 of " + field.label(),
                profile,
                Domain.of(field),
                new Inputs(seed).elements(field, new long[0]),
                ending,
                expected);
    }

    private static Scenario scenario(
            String primitive,
            String name,
            Profile profile,
            Domain domain,
            Inputs inputs,
            Scenario.Ending ending,
            long[] expected) {
        return new Scenario(
                primitive,
                name,
                profile,
                domain,
                Map.of(),
                inputs.perParty(),
                ending,
                (session, mine) -> mine.get(0),
                expected,
                Map.of());
    }
}
