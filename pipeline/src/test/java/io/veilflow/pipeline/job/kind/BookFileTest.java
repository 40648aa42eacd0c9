package io.veilflow.pipeline.job.kind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.datasets.schema.InvalidDatasetException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of a contributor, with the positions of {@code market-health} as their lines. */
class BookFileTest {
    private static final JobKind KIND = JobKinds.named("market-health").orElseThrow();
    private static final Scenario SCENARIO = KIND.scenario(new ScenarioRequest(3, 8, 5, Optional.empty()));
    private static final int CONTRIBUTOR = 1;
    private static final String NO_LINE = "slot,asset,collateral,debt\n";

    @TempDir
    private Path folder;

    private final BookFile format = new BookFile(
            KIND.books(
                    KIND.rule(SCENARIO.slots(), SCENARIO.parameters()).roles().get(0), SCENARIO.parameters()),
            SCENARIO.institutions().get(CONTRIBUTOR).slots());

    @Test
    void booksThroughTimeSurviveARoundTrip() throws IOException {
        List<List<List<BigInteger>>> books = SCENARIO.windows().stream()
                .map(window -> window.books().get(CONTRIBUTOR))
                .toList();
        assertEquals(books, format.readThroughTime(file(format.writeThroughTime(books))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0,0,WETH,1,0\n2,0,WETH,1,0\n", "1,0,WETH,1,0\n"})
    void windowsWithAGapAreRefused(String lines) {
        InvalidDatasetException refused = assertThrows(
                InvalidDatasetException.class, () -> format.readThroughTime(file("window," + NO_LINE + lines)));
        assertTrue(refused.getMessage().contains("windows are not 0, 1, 2"), refused.getMessage());
    }

    @Test
    void theBookOfOneMomentHasNoWindow() throws IOException {
        assertEquals(
                SCENARIO.institutions().get(CONTRIBUTOR).slots(),
                format.read(file(NO_LINE)).size());
        assertThrows(InvalidDatasetException.class, () -> format.read(file("window," + NO_LINE)));
        assertThrows(InvalidDatasetException.class, () -> format.readThroughTime(file(NO_LINE)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "slot,asset,debt,collateral",
                "\uFEFFslot,asset,collateral,debt",
                "slot, asset,collateral,debt",
                "slot,asset,collateral,debt,debt",
                "slot,asset,collateral"
            })
    @DisplayName(
            "A13: other columns, a byte order mark, spaces in the header, a column twice: refused, the place named")
    void otherColumnsAreRefused(String header) throws IOException {
        String right = NO_LINE.lines().findFirst().orElseThrow();
        assertEquals("slot,asset,collateral,debt", right);
        InvalidDatasetException refused = assertThrows(
                InvalidDatasetException.class, () -> format.read(file(NO_LINE.replaceFirst(right, header))));
        assertTrue(refused.where().startsWith("book.csv line 1"), refused.where());
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("book.csv"), text);
    }
}
