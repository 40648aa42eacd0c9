package io.veilflow.mpc.adversary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * One party deviates anywhere in any primitive: the honest two abort before a result is opened, or end with the right one. They
 * never end with a wrong one, never hang, never name one another.
 */
class PrimitivesAdversaryTest {
    private static final long SEED = 4;
    private static final int WORKERS = 2;

    @Test
    @DisplayName("C1, C2, C3, B6: a seeded sample of all deviations, with every primitive, party and change")
    void aSample() {
        AdversaryHarness harness = new AdversaryHarness(SEED);
        Tally tally = new Tally();
        Random random = new Random(SEED);
        Map<String, List<Case>> byPrimitive = new TreeMap<>();
        for (Scenario scenario : ScenarioCatalogue.all(SEED)) {
            for (Case one : harness.cases(scenario)) {
                String group = scenario.primitive() + " " + one.corrupted() + " " + one.kind();
                byPrimitive.computeIfAbsent(group, any -> new ArrayList<>()).add(one);
            }
        }
        for (List<Case> group : byPrimitive.values()) {
            harness.run(group.get(random.nextInt(group.size())), tally);
        }
        assertEquals(List.of(), tally.violations(), () -> "seed " + SEED + "\n" + tally.table());
        assertTrue(tally.cases() >= byPrimitive.size());
    }

    @Test
    @Tag("exhaustive")
    @DisplayName("C1, C2, C3, B6: every deviation of every party in every message of every primitive")
    void allOfThem() throws IOException, InterruptedException, ExecutionException {
        Tally tally = new Tally();
        List<Scenario> scenarios = new ArrayList<>(ScenarioCatalogue.all(SEED));
        Collections.shuffle(scenarios, new Random(SEED));
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (Scenario scenario : scenarios) {
                running.add(workers.submit(() -> runAll(scenario, tally)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            workers.shutdownNow();
        }
        Path report = Path.of("target", "adversary.txt");
        Files.writeString(report, tally.table() + String.join("\n", tally.violations()) + "\n");
        System.out.println(tally.table());
        assertEquals(List.of(), tally.violations(), "seed " + SEED);
    }

    private static void runAll(Scenario scenario, Tally tally) {
        AdversaryHarness harness = new AdversaryHarness(SEED);
        harness.cases(scenario).forEach(one -> harness.run(one, tally));
    }
}
