package io.veilflow.mpc.adversary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.replicated.compare.TreeAdder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The same deviation, at the same bit, against other inputs and under other keys: the honest two send the same number of messages of the same lengths and
 * end at the same place for the same reason. So an abort is no answer to a question about a secret.
 */
class AbortObliviousnessTest {
    private static final long SEED = 10;
    private static final long OTHER_SEED = 11;
    private static final int SAMPLE = 60;

    /** The error that these make is the difference to what would have been sent: the party knows it, and it is another in every run. */
    private static final Set<String> ERROR_OF_THE_RUN = Set.of(
            Change.ZERO.name(),
            Change.REPLAY.name(),
            Change.REPLAY_CONTENT.name(),
            Change.SWAPPED.name(),
            AdversaryHarness.OTHER_RANDOMNESS);

    private static Map<String, Case> cases(Scenario scenario, AdversaryHarness harness) {
        Map<String, Case> out = new TreeMap<>();
        for (Case one : harness.cases(scenario)) {
            if (!ERROR_OF_THE_RUN.contains(one.kind())) {
                out.put(one.corrupted() + " " + one.kind() + " " + one.place(), one);
            }
        }
        return out;
    }

    private static int compare(LongFunction<Scenario> scenario, int limit) {
        AdversaryHarness one = new AdversaryHarness(SEED, SEED);
        AdversaryHarness other = new AdversaryHarness(OTHER_SEED, SEED);
        Map<String, Case> cases = cases(scenario.apply(SEED), one);
        Map<String, Case> same = cases(scenario.apply(OTHER_SEED), other);
        assertEquals(cases.keySet(), same.keySet());
        List<String> names = new ArrayList<>(cases.keySet());
        Collections.shuffle(names, new Random(SEED));
        List<String> chosen = names.subList(0, Math.min(limit, names.size()));
        for (String name : chosen) {
            assertEquals(
                    one.appearance(cases.get(name)),
                    other.appearance(same.get(name)),
                    () -> cases.get(name) + ", seeds " + SEED + " and " + OTHER_SEED);
        }
        return chosen.size();
    }

    private static List<LongFunction<Scenario>> scenarios() {
        return List.of(
                seed -> ProductScenarios.and(seed, 65),
                seed -> ProductScenarios.multiplication(seed, PrimeField.FR, 3),
                seed -> ProductScenarios.multiplication(seed, PrimeField.P61, 17),
                seed -> ComparisonScenarios.integerToBits(seed, "tree", TreeAdder::new, 64, true),
                seed -> ConversionScenarios.bitsToField(seed, PrimeField.FR, 8, 3),
                seed -> ConversionScenarios.bitsToNumber(seed, PrimeField.P61, 3));
    }

    @Test
    @DisplayName(
            "C10, B16: where, when and how the honest end does not depend on inputs (a seeded sample of deviations)")
    void aSample() {
        int compared = 0;
        for (LongFunction<Scenario> scenario : scenarios()) {
            compared += compare(scenario, SAMPLE);
        }
        assertTrue(compared >= SAMPLE * scenarios().size());
    }

    @Test
    @Tag("exhaustive")
    @DisplayName("C10, B16: where, when and how the honest end does not depend on inputs (every deviation)")
    void all() {
        for (LongFunction<Scenario> scenario : scenarios()) {
            assertTrue(compare(scenario, Integer.MAX_VALUE) > SAMPLE);
        }
    }
}
