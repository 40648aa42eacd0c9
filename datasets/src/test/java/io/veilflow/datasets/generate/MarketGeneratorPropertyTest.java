package io.veilflow.datasets.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.datasets.PlainMarketHealth;
import io.veilflow.datasets.schema.InvalidDatasetException;
import io.veilflow.datasets.schema.Market;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MarketGeneratorPropertyTest {
    @Test
    void levelRisesFromZeroInTheCrashAndReturnsToZeroWhateverTheSeedAndSize() {
        for (long seed = 0; seed < 60; seed++) {
            int positions = new int[] {8, 16, 17, 64, 256}[(int) (seed % 5)];
            int[] levels = levels(new MarketGenerator(seed).market(6, positions));
            String run = "seed " + seed + ", " + positions + " positions";
            assertEquals(0, levels[0], run);
            assertTrue(levels[1] >= 1, run);
            assertTrue(levels[2] >= 2, run);
            assertEquals(0, levels[4], run);
            assertEquals(0, levels[5], run);
        }
    }

    @Test
    void longRunsFollowTheSameCourse() {
        int[] levels = levels(new MarketGenerator(7).market(31, 16));
        assertEquals(0, levels[0]);
        assertTrue(levels[12] >= 2);
        assertEquals(0, levels[30]);
    }

    @Test
    void sameSeedGivesTheSameMarket() {
        assertEquals(new MarketGenerator(3).market(4, 9), new MarketGenerator(3).market(4, 9));
    }

    @Test
    void slotsAreDealtOutEvenly() {
        Market market = new MarketGenerator(1).market(1, 18);
        assertEquals(18, market.slots());
        assertEquals(5, market.institutions().get(0).slots());
        assertEquals(4, market.institutions().get(3).slots());
    }

    @Test
    void tooSmallMarketsAreRefused() {
        MarketGenerator generator = new MarketGenerator(1);
        assertThrows(InvalidDatasetException.class, () -> generator.market(0, 16));
        assertThrows(InvalidDatasetException.class, () -> generator.market(6, 3));
    }

    private static int[] levels(Market market) {
        return IntStream.range(0, market.windows().size())
                .map(window -> PlainMarketHealth.level(market, window))
                .toArray();
    }
}
