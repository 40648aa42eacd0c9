package io.veilflow.pipeline.job.standard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.veilflow.datasets.csv.CsvTable;
import io.veilflow.datasets.schema.Asset;
import io.veilflow.datasets.schema.InvalidDatasetException;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriceTableTest {
    private static final BigInteger MOST = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);
    private static final BigInteger ONE = BigInteger.ONE;

    private final PriceTable prices = new PriceTable(List.of(new Asset("a", 6, 1), new Asset("b", 8, 1)));

    /** PROTOCOLS 14. */
    @Test
    void pricesAreScaledToTheLargestDecimals() {
        assertEquals(
                List.of(BigInteger.valueOf(500), BigInteger.valueOf(5)),
                prices.scaled(List.of(BigInteger.valueOf(5), BigInteger.valueOf(5))));
        assertEquals(MOST, prices.scaled(List.of(ONE, MOST)).get(1));
        assertThrows(InvalidDatasetException.class, () -> prices.scaled(List.of(MOST, ONE)));
        assertThrows(InvalidDatasetException.class, () -> prices.scaled(List.of(ONE, BigInteger.ZERO)));
        assertThrows(InvalidDatasetException.class, () -> prices.scaled(List.of(ONE, MOST.add(ONE))));
    }

    @Test
    void whatIsWrittenIsReadBackEqual() {
        List<List<BigInteger>> windows = List.of(
                List.of(BigInteger.valueOf(500), BigInteger.valueOf(7)),
                List.of(BigInteger.valueOf(100), BigInteger.TEN));
        assertEquals(windows, prices.read(CsvTable.parse("prices.csv", prices.write(windows))));
    }
}
