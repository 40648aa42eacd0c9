package io.veilflow.datasets.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.veilflow.datasets.generate.MarketGenerator;
import io.veilflow.datasets.schema.Asset;
import io.veilflow.datasets.schema.Book;
import io.veilflow.datasets.schema.InvalidDatasetException;
import io.veilflow.datasets.schema.Market;
import io.veilflow.datasets.schema.Position;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BookFileTest {
    private static final List<Asset> ASSETS = List.of(new Asset("WETH", 8, 8250), new Asset("USDC", 6, 8500));

    @TempDir
    Path folder;

    @Test
    void amountsBecomeExactCountsAndMissingLinesAreEmpty() throws IOException {
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
    void otherColumnsAreRefused() {
        assertThrows(InvalidDatasetException.class, () -> read("slot,asset,debt,collateral\n"));
    }

    @Test
    void booksThroughTimeSurviveARoundTrip() throws IOException {
        Market market = new MarketGenerator(5).market(3, 8);
        List<Book> books =
                market.windows().stream().map(window -> window.books().get(1)).toList();
        BookFile format = new BookFile(market.assets(), 2);
        Path file = folder.resolve("books.csv");
        Files.writeString(file, format.writeThroughTime(books));
        assertEquals(books, format.readThroughTime(file));
    }

    @Test
    void windowsWithAGapAreRefused() throws IOException {
        Path file = folder.resolve("books.csv");
        Files.writeString(file, "window,slot,asset,collateral,debt\n0,0,WETH,1,0\n2,0,WETH,1,0\n");
        assertThrows(InvalidDatasetException.class, () -> new BookFile(ASSETS, 2).readThroughTime(file));
    }

    private Book read(String text) throws IOException {
        Path file = folder.resolve("book.csv");
        Files.writeString(file, text);
        return new BookFile(ASSETS, 2).read(file);
    }
}
