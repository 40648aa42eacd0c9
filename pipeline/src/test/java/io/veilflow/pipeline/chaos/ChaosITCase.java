package io.veilflow.pipeline.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A few of the kills of {@code ./veilflow chaos}; in the build {@code LostPartyITCase} kills one. */
@Tag("exhaustive")
class ChaosITCase {
    /** Party 1 while a window is sealed, all three while its outputs are opened, and party 0. */
    private static final long SEED = 1;

    private static final int KILLS = 5;

    @Test
    @DisplayName("D1, D2: real processes killed at points and all at once: no window is lost, doubled or wrong")
    void killedAtPointsAndAllAtOnce() throws Exception {
        List<String> done = new ArrayList<>();
        ChaosRequest request = new ChaosRequest(KILLS, SEED, 16, 0, Optional.empty(), Path.of("target", "it-keys"));
        ChaosResult result = new Chaos(request, new Noted(done)).run();
        assertEquals(List.of(), result.findings(), done::toString);
        assertEquals(KILLS, result.kills());
        assertEquals(List.of(0, 0, 0), List.of(result.lost(), result.doubled(), result.wrong()));
    }

    private record Noted(List<String> done) implements ChaosProgress {
        @Override
        public void preparing(String step) {
            done.add(step);
        }

        @Override
        public void struck(String what, int kills, long recoveryMillis) {
            done.add(what + ", " + recoveryMillis + " ms");
        }

        @Override
        public void waitingForTheEnd(int windows) {
            done.add(windows + " windows");
        }
    }
}
