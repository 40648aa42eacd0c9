package io.veilflow.datasets.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.veilflow.datasets.generate.MarketGenerator;
import io.veilflow.datasets.schema.Asset;
import io.veilflow.datasets.schema.Book;
import io.veilflow.datasets.schema.InvalidDatasetException;
import io.veilflow.datasets.schema.Market;
import io.veilflow.datasets.schema.MarketWindow;
import io.veilflow.datasets.schema.Position;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionLinesTest {
    private static final List<Asset> ASSETS = List.of(new Asset("WETH", 8, 8250), new Asset("USDC", 6, 8500));

    @Test
    void amountsBecomeExactCountsAndMissingLinesAreEmpty() {
        Book book = read("slot,asset,collateral,debt\n1,WETH,1.5,0\n1,USDC,0,2500.000001\n");
        assertEquals(Position.empty(2), book.positions().get(0));
        assertEquals(
                List.of(new BigInteger("150000000"), BigInteger.ZERO),
                book.positions().get(1).collateral());
        assertEquals(
                List.of(BigInteger.ZERO, new BigInteger("2500000001")),
                book.positions().get(1).debt());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2,WETH,1,0",
                "-1,WETH,1,0",
                "0,DOGE,1,0",
                "0,WETH,1e3,0",
                "0,WETH,,0",
                "0,USDC,0.0000001,0",
                "0,WETH,1,0\n0,WETH,1,0"
            })
    void linesThatDoNotFitAreRefusedWithTheirPlace(String line) {
        InvalidDatasetException refused =
                assertThrows(InvalidDatasetException.class, () -> read("slot,asset,collateral,debt\n" + line + "\n"));
        assertEquals(0, refused.where().indexOf("book.csv line "));
    }

    @Test
    void booksOfEveryWindowSurviveARoundTrip() {
        Market market = new MarketGenerator(5).market(3, 8);
        PositionLines format = new PositionLines(market.assets(), 2);
        for (MarketWindow window : market.windows()) {
            Book book = window.books().get(1);
            StringBuilder text = new StringBuilder(String.join(",", PositionLines.COLUMNS)).append('\n');
            format.lines(book)
                    .forEach(line -> text.append(String.join(",", line)).append('\n'));
            assertEquals(book, read(format, text.toString()));
        }
    }

    private static Book read(String text) {
        return read(new PositionLines(ASSETS, 2), text);
    }

    private static Book read(PositionLines format, String text) {
        return format.book(CsvTable.parse("book.csv", text).lines());
    }
}
