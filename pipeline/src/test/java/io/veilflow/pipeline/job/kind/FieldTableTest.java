package io.veilflow.pipeline.job.kind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.datasets.csv.CsvTable;
import io.veilflow.datasets.schema.InvalidDatasetException;
import io.veilflow.zk.rule.InputField;
import io.veilflow.zk.rule.Role;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldTableTest {
    private static final Role TRADE = new Role(
            "trade",
            4,
            List.of(
                    new InputField("profit", BigInteger.valueOf(-100_000), BigInteger.valueOf(100_000)),
                    InputField.ofBits("volume", 64)),
            List.of());

    private final FieldTable table = FieldTable.of(TRADE, Map.of("profit", 2));

    @Test
    @DisplayName("A10: negative, zero, smallest and largest allowed amounts are read exactly")
    void numbersAreReadExactly() {
        BigInteger largest = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
        assertEquals(
                List.of(
                        List.of(BigInteger.valueOf(-100_000), BigInteger.ZERO),
                        List.of(BigInteger.valueOf(-1), largest),
                        List.of(BigInteger.valueOf(250), BigInteger.ONE)),
                read("0,-1000,0\n1,-0.01,18446744073709551615\n2,2.50,1\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0,1000.01,0 | line 2: column profit is not from -1000.00 to 1000.00",
                "0,-1000.01,0 | line 2: column profit is not from -1000.00 to 1000.00",
                "0,1.001,0 | line 2: column profit has more than 2 decimals",
                "0,1,0.5 | line 2: column volume has more than 0 decimals",
                "0,1,-1 | line 2: column volume is not from 0 to 18446744073709551615",
                "0,1,18446744073709551616 | line 2: column volume is not from 0 to 18446744073709551615",
                "0,-0,1 | line 2: column profit is minus zero",
                "0,1e3,1 | line 2: column profit is not a plain decimal number",
                "0,NaN,1 | line 2: column profit is not a plain decimal number",
                "0,Infinity,1 | line 2: column profit is not a plain decimal number",
                "0,1 000,1 | line 2: column profit is not a plain decimal number",
                "0, 1,1 | line 2: column profit is not a plain decimal number",
                "1,1,1 | line 2: column slot: expected 0",
                "0,1 | line 2: 2 values in 3 columns",
            })
    @DisplayName("A11, A13, E4: what is no exact number of the field is refused with line and column")
    void whatIsNoExactNumberIsRefused(String line, String error) {
        InvalidDatasetException refused = assertThrows(InvalidDatasetException.class, () -> read(line.strip() + "\n"));
        assertTrue(refused.getMessage().contains(error), refused.getMessage());
        assertFalse(refused.getMessage().contains("1000.01 "), "no value is shown");
    }

    @Test
    void moreRecordsThanSlotsAreRefused() {
        InvalidDatasetException refused =
                assertThrows(InvalidDatasetException.class, () -> read("0,1,1\n1,1,1\n2,1,1\n3,1,1\n4,1,1\n"));
        assertTrue(
                refused.getMessage().contains("line 6: column slot: this book has room for 4"), refused.getMessage());
    }

    @Test
    void decimalsOfAFieldThatIsNotThereAreABugOfTheKind() {
        assertThrows(IllegalArgumentException.class, () -> FieldTable.of(TRADE, Map.of("price", 2)));
    }

    private List<List<BigInteger>> read(String lines) {
        CsvTable parsed = CsvTable.parse("book.csv", "slot,profit,volume\n" + lines);
        return table.read(parsed.lines(), 4);
    }
}
