package io.veilflow.datasets.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.datasets.schema.InvalidDatasetException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {
    @Test
    void linesAreReadByColumn() {
        CsvTable table = CsvTable.parse("t", "a,b\n1,2\n3,4\n");
        assertEquals("4", table.lines().get(1).value("b"));
        assertEquals("t line 3", table.lines().get(1).where());
    }

    @Test
    void valuesInQuotesAreReadWhereTheyAreExpected() {
        CsvTable table = CsvTable.parse("t", "a,b,c\n\"x, \"\"y\"\"\",2,\"\"\n,\",\",\n", true);
        assertEquals(
                List.of("x, \"y\"", "2", ""),
                List.copyOf(table.lines().get(0).values().values()));
        assertEquals(
                List.of("", ",", ""), List.copyOf(table.lines().get(1).values().values()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\n\"1\n", "a\n1\"2\n", "a\n\"1\"2\n", "a,b\n\"1,2\"\n", "a\n\"\"\"\n"})
    void brokenQuotesAreRefused(String text) {
        InvalidDatasetException refused =
                assertThrows(InvalidDatasetException.class, () -> CsvTable.parse("t", text, true));
        assertTrue(refused.where().startsWith("t line 2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,a\n1,2\n", "a,\n1,2\n", "a,b\n1\n", "a,b\n1,2,3\n", "a,b\n\n1,2\n", "a\n\"1\"\n"})
    void everythingElseIsRefused(String text) {
        InvalidDatasetException refused = assertThrows(InvalidDatasetException.class, () -> CsvTable.parse("t", text));
        assertTrue(refused.where().startsWith("t"));
    }
}
