package io.veilflow.pipeline.party;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.journal.JournalException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A party loses its machine in the middle of a window and comes back on another: same identity, another share, a journal from the board. */
class LostMachineITCase {
    @TempDir
    private Path directory;

    @Test
    @DisplayName(
            "D3, D4, D16: a journal that was lost and built again is refused until all three hold refreshed shares;"
                    + " then every window has its result once")
    void anotherMachine() throws Exception {
        PartyId lost = PartyId.P2;
        try (PartyWorld world = new PartyWorld(directory, Path.of("target", "test-keys"))) {
            world.crashAfter(lost, "post OUTPUT_READY WINDOW 1");
            PartyWorld.BANKS.forEach(bank -> world.submit(bank, RestartITCase.POSITIONS));
            PartyWorld.BANKS.forEach(bank -> world.decision(bank, 0));
            world.tick(500, RestartITCase.PRICES);
            world.tick(1_500, RestartITCase.PRICES);
            world.tick(2_500, RestartITCase.PRICES);
            world.awaitCrash(lost);
            world.replaceMachine(lost);

            world.rebuildJournal(lost);
            JournalException again = assertThrows(JournalException.class, () -> world.rebuildJournal(lost));
            assertTrue(again.getMessage().contains("not empty"), again.getMessage());
            world.begin(lost);
            world.await(
                    () -> world.events(PartyId.P0).stream()
                            .anyMatch(line -> line.contains("\"journal-refused\"")
                                    && line.contains("\"P2\"")
                                    && line.contains("keys refresh comes first")),
                    "refusal of the new journal");

            world.restart(PartyId.P0);
            world.restart(PartyId.P1);
            world.end();
            world.awaitEnd();
            RestartITCase.requireRightOnce(world);
        }
    }
}
