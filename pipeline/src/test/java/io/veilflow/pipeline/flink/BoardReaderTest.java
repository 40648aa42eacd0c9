package io.veilflow.pipeline.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BoardReaderTest {
    @Test
    void thePauseBetweenTwoLooksGrowsWithWhatALookCostsWithinBounds() {
        assertEquals(Duration.ofMillis(5), BoardReader.pauseAfter(Duration.ofNanos(10_000)));
        assertEquals(Duration.ofMillis(100), BoardReader.pauseAfter(Duration.ofMillis(2)));
        assertEquals(Duration.ofMillis(200), BoardReader.pauseAfter(Duration.ofSeconds(1)));
    }
}
