package io.veilflow.mpc.adversary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * One party deviates anywhere while the group makes, refreshes or hands on its account key, or signs with it: the honest two abort, or
 * end with the right result. They never end with a wrong key or signature, never hang, never name one another.
 */
class AccountAdversaryTest {
    private static final long SEED = 14;

    @Test
    @DisplayName("C1, G7, G12: a seeded sample of all deviations in key generation, refresh, replacement and signing")
    void aSample() {
        AdversaryHarness harness = new AdversaryHarness(SEED);
        Tally tally = new Tally();
        Random random = new Random(SEED);
        Map<String, List<Case>> groups = new TreeMap<>();
        for (Scenario scenario : AccountScenarios.all(SEED)) {
            for (Case one : harness.cases(scenario)) {
                String group = scenario.primitive() + " " + one.kind();
                groups.computeIfAbsent(group, any -> new ArrayList<>()).add(one);
            }
        }
        groups.values().forEach(group -> harness.run(group.get(random.nextInt(group.size())), tally));
        assertEquals(List.of(), tally.violations(), () -> "seed " + SEED + "\n" + tally.table());
        assertTrue(tally.cases() >= groups.size());
    }

    @Test
    @Tag("exhaustive")
    @DisplayName(
            "C1, G7, G12: every message of every party in key generation, refresh, replacement and signing, every change")
    void allOfThem() throws IOException {
        AdversaryHarness harness = new AdversaryHarness(SEED);
        Tally tally = new Tally();
        for (Scenario scenario : AccountScenarios.all(SEED)) {
            harness.cases(scenario).forEach(one -> harness.run(one, tally));
        }
        Files.writeString(
                Path.of("target", "adversary-account.txt"),
                tally.table() + String.join("\n", tally.violations()) + "\n");
        assertEquals(List.of(), tally.violations(), "seed " + SEED);
    }
}
