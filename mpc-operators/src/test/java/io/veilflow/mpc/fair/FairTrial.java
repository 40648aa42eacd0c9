package io.veilflow.mpc.fair;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.testing.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs openings with one cheater and holds the two honest parties to the promise: both have the right outputs, or nobody has any. */
final class FairTrial implements AutoCloseable {
    static final long SEED = 20_261_122;

    private final ExecutorService threads = Executors.newFixedThreadPool(3);

    /** What both honest parties came to. */
    enum End {
        OPENED,
        ABORTED
    }

    interface Cheats {
        FairCheat by(PartyId cheater);
    }

    void forEveryCheater(End expected, Cheats cheats) {
        for (PartyId cheater : PartyId.values()) {
            for (long seed = SEED; seed < SEED + 3; seed++) {
                assertEquals(expected, run("cheat", cheater, cheats.by(cheater), seed), cheater + ", seed " + seed);
            }
        }
    }

    /** Runs it and holds the two honest parties to the promise. */
    End run(String what, PartyId cheater, FairCheat cheat, long seed) {
        FairWorld world = new FairWorld(cheater, cheat, seed);
        List<Outcome<long[]>> outcomes = outcomes(world);
        String where = what + " of " + cheater + ", seed " + seed;
        List<End> ends = new ArrayList<>();
        for (PartyId honest : new PartyId[] {cheater.next(), cheater.previous()}) {
            Outcome<long[]> outcome = outcomes.get(honest.index());
            if (outcome.failed()) {
                ProtocolAbortException abort = assertInstanceOf(
                        ProtocolAbortException.class, outcome.failure(), () -> where + ": " + outcome.failure());
                assertTrue(abort.accused().filter(accused -> accused != cheater).isEmpty(), where + ": " + abort);
            } else {
                assertArrayEquals(world.outputs(), outcome.result(), where);
            }
            ends.add(outcome.failed() ? End.ABORTED : End.OPENED);
            requireJournalledFirst(world.journal(honest), where);
        }
        assertEquals(ends.get(0), ends.get(1), where + ": the honest parties are split");
        if (ends.get(0) == End.ABORTED) {
            assertFalse(world.honestComponentSeen(), where + ": the cheater alone learns the outputs");
        }
        return ends.get(0);
    }

    private static void requireJournalledFirst(List<String> journal, String where) {
        for (int k = 0; k < journal.size(); k++) {
            if (journal.get(k).equals("Ready")) {
                assertEquals("journal READY", journal.get(k - 1), where);
            }
            if (journal.get(k).equals("Opened")) {
                assertEquals("journal GO", journal.get(k - 1), where);
            }
        }
    }

    List<Outcome<long[]>> outcomes(FairWorld world) {
        try {
            return world.run(threads);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
