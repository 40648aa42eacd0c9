package io.veilflow.pipeline.party;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FairShareTest {
    @Test
    @DisplayName("B7: whoever writes a million records gets what the others leave over, and they wait for nothing")
    void aFloodTakesNothingFromTheOthers() {
        long share = FairShare.of(List.of(1_000_000L, 3L, 1L, 0L), 1_024);
        assertEquals(1_020, share);
    }

    @Test
    void whatFitsIsTakenWhole() {
        assertEquals(10, FairShare.of(List.of(4L, 6L), 10));
        assertEquals(10, FairShare.of(List.of(5L, 5L), 10));
        assertEquals(10, FairShare.of(List.of(), 10));
    }

    @Test
    void floodsShareAlike() {
        assertEquals(341, FairShare.of(Collections.nCopies(3, 5_000L), 1_024));
    }

    @Test
    void everyLogGivesOneHoweverManyThereAre() {
        assertEquals(1, FairShare.of(Collections.nCopies(3_000, 2L), 1_024));
    }
}
