package io.veilflow.pipeline.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

class SimulationITCase {
    private static final int SEEDS = 300;
    private static final int CONTROL_SEEDS = 40;

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
    void noWindowIsLostDoubledOrWrong() {
        Simulation simulation = new Simulation();
        int windows = 0;
        int skipped = 0;
        int crashes = 0;
        Set<Fault> faults = EnumSet.noneOf(Fault.class);
        for (long seed = 1; seed <= SEEDS; seed++) {
            SimulatedRun run = simulation.run(seed);
            assertEquals(List.of(), run.violations(), () -> "seed " + run.seed() + ": " + run.last());
            windows += run.windows();
            skipped += run.skipped();
            crashes += run.crashes();
            faults.addAll(run.faults().keySet());
        }
        assertTrue(windows > SEEDS, windows + " windows");
        assertTrue(skipped > SEEDS / 10, skipped + " skips");
        assertTrue(crashes > SEEDS / 10, crashes + " crashes");
        assertEquals(EnumSet.allOf(Fault.class), faults);
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
