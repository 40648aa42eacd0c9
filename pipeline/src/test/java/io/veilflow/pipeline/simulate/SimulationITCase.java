package io.veilflow.pipeline.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.zk.key.KeyCache;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationITCase {
    private static final int SEEDS = 300;
    private static final int CONTROL_SEEDS = 40;
    private static final int PROTOCOL_SEEDS = 4;
    private static final int COPY_SEEDS = 15;

    @BeforeAll
    static void quiet() {
        Configurator.setLevel("io.veilflow", Level.OFF);
    }

    @AfterAll
    static void loud() {
        Configurator.setLevel("io.veilflow", Level.INFO);
    }

    @Test
    @DisplayName("B13, B14, D: in 300 seeds of faults and crashes no window is lost, doubled or wrong")
    void noWindowIsLostDoubledOrWrong() throws InterruptedException {
        List<SimulatedRun> runs = runs(new Simulation(), new SeedRange(1, SEEDS));
        int windows = runs.stream().mapToInt(SimulatedRun::windows).sum();
        int skipped = runs.stream().mapToInt(SimulatedRun::skipped).sum();
        int crashes = runs.stream().mapToInt(SimulatedRun::crashes).sum();
        Set<Fault> faults = EnumSet.noneOf(Fault.class);
        runs.forEach(run -> faults.addAll(run.faults().keySet()));
        assertTrue(windows > SEEDS, windows + " windows");
        assertTrue(skipped > SEEDS / 10, skipped + " skips");
        assertTrue(crashes > SEEDS / 10, crashes + " crashes");
        assertEquals(EnumSet.allOf(Fault.class), faults);
    }

    /** All of them right. */
    private static List<SimulatedRun> runs(Simulation simulation, SeedRange seeds) throws InterruptedException {
        List<SimulatedRun> runs = new ArrayList<>();
        seeds.run(simulation, Runtime.getRuntime().availableProcessors(), run -> {
            assertEquals(List.of(), run.violations(), () -> "seed " + run.seed() + ": " + run.last());
            return runs.add(run);
        });
        return runs;
    }

    @Test
    @DisplayName("B13, D1: the same with the protocols and proofs of a party, replayed identically")
    void withTheProtocolsOfAParty(@TempDir Path keys) throws InterruptedException {
        try (Simulation simulation = Simulation.ofProtocols(new KeyCache(keys))) {
            List<SimulatedRun> runs = runs(simulation, new SeedRange(1, PROTOCOL_SEEDS));
            assertTrue(runs.stream().mapToInt(SimulatedRun::windows).sum() >= PROTOCOL_SEEDS, () -> "" + runs);
            assertTrue(runs.stream().mapToInt(SimulatedRun::crashes).sum() > 0, () -> "" + runs);
            assertEquals(runs.get(0), simulation.run(runs.get(0).seed()));
        }
    }

    @Test
    @DisplayName("D3, D9: an older copy of a journal is refused, or does no harm")
    void anOlderCopyIsRefusedOrDoesNoHarm() {
        Simulation simulation = new Simulation();
        int refusals = 0;
        for (long seed = 1; seed <= COPY_SEEDS; seed++) {
            SimulatedRun run = simulation.run(seed, (script, faults, random) -> {
                script.plan(2);
                faults.plan(Fault.OLDER_COPY);
            });
            assertEquals(List.of(), run.violations(), () -> "seed " + run.seed() + ": " + run.last());
            refusals += run.refusals();
        }
        assertTrue(refusals > COPY_SEEDS / 3, refusals + " refusals");
    }

    @Test
    @DisplayName("B13: a skip for want of ticks is signed behind the seal: nobody waits for one who waits")
    void aSkipForWantOfTicksWaitsForNobodyWhoWaits() {
        Simulation simulation = new Simulation();
        for (long seed = 1; seed <= 3; seed++) {
            SimulatedRun run = simulation.run(seed, (script, faults, random) -> script.plan(3, Set.of(1)));
            assertEquals(List.of(), run.violations(), () -> "seed " + run.seed() + ": " + run.last());
            assertTrue(run.skipped() >= 1, "seed " + run.seed());
        }
    }

    @Test
    @DisplayName("D: a disk that is full or cannot be forced stops its party; started again on a good disk it goes on")
    void aFailingDiskStopsItsParty() {
        Simulation simulation = new Simulation();
        int holds = 0;
        for (long seed = 1; seed <= 10; seed++) {
            SimulatedRun run = simulation.run(seed, (script, faults, random) -> {
                script.plan(2);
                faults.plan(random.nextBoolean() ? Fault.FULL_DISK : Fault.FAILED_FORCE);
            });
            assertEquals(List.of(), run.violations(), () -> "seed " + run.seed() + ": " + run.last());
            holds += run.holds();
        }
        assertTrue(holds > 0);
    }

    @Test
    @DisplayName("B13: a seed replays identically, and another seed is another run")
    void aSeedReplaysIdentically() {
        SimulatedRun first = new Simulation().run(17);
        assertEquals(first, new Simulation().run(17));
        assertNotEquals(first.trace(), new Simulation().run(18).trace());
    }

    @Test
    @DisplayName("Control: disks that lose what was forced are convicted")
    void disksThatLieAreConvicted() {
        Simulation lying = Simulation.onLyingDisks();
        assertTrue(LongStream.rangeClosed(1, CONTROL_SEEDS)
                .anyMatch(seed -> !lying.run(seed).violations().isEmpty()));
    }
}
