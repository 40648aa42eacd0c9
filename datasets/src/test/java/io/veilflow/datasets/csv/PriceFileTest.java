package io.veilflow.datasets.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.veilflow.datasets.schema.Asset;
import io.veilflow.datasets.schema.InvalidDatasetException;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriceFileTest {
    private static final PriceFile FORMAT =
            new PriceFile(List.of(new Asset("WETH", 8, 8250), new Asset("USDC", 6, 8500)));

    @Test
    void pricesHaveEightDecimalsAndSurviveARoundTrip() {
        List<List<BigInteger>> prices = List.of(
                List.of(new BigInteger("340000000001"), new BigInteger("100000000")),
                List.of(BigInteger.ONE, new BigInteger("99990000")));
        assertEquals(prices, read(FORMAT.write(prices)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0,WETH,1\n",
                "0,WETH,1\n0,USDC,0\n",
                "0,WETH,1\n0,USDC,1.000000001\n",
                "0,WETH,1\n0,WETH,1\n",
                "0,WETH,1\n0,DOGE,1\n",
                "1,WETH,1\n1,USDC,1\n",
                "0,WETH,1\n0,USDC,1e2\n"
            })
    void everythingElseIsRefused(String lines) {
        assertThrows(InvalidDatasetException.class, () -> read("window,asset,price\n" + lines));
    }

    private static List<List<BigInteger>> read(String text) {
        return FORMAT.read(CsvTable.parse("prices.csv", text));
    }
}
