package io.veilflow.datasets.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.datasets.schema.InvalidDatasetException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The traps of the published tables: totals among the rows, rows that are no exposures, names in quotes, tiny amounts. */
class EbaExposuresTest {
    private static final String HEADER =
            "LEI_code,Country_code,Bank_name,Period,Country,Exposure,Loan_Amount,Bond_Amount,Total_Amount,Unit,Currency\n";

    @TempDir
    private Path folder;

    private List<EbaExposures.Bank> read(String rows) throws IOException {
        return EbaExposures.read(Files.writeString(folder.resolve("eba.csv"), HEADER + rows));
    }

    @Test
    void totalsAndWhatIsNoExposureAreLeftOutAndClassesAddedUp() throws IOException {
        List<EbaExposures.Bank> banks =
                read("A,DE,\"Bank \"\"A\"\", S.A.\",201912.0,Total,Retail,9,9,18.0,Millions,Euro\n"
                        + "A,DE,\"Bank \"\"A\"\", S.A.\",201912.0,FR,Retail,1,0,1.0005,Millions,Euro\n"
                        + "A,DE,\"Bank \"\"A\"\", S.A.\",201912.0,FR,Equity,1,0,2.25,Millions,Euro\n"
                        + "A,DE,\"Bank \"\"A\"\", S.A.\",201912.0,x28,Equity,1,0,7.559e-05,Millions,Euro\n"
                        + "A,DE,\"Bank \"\"A\"\", S.A.\",201912.0,Total,Total assets,1,0,99.5,Millions,Euro\n"
                        + "B,FR,Bank B,201912.0,Total,Common tier1 equity capital,1,0,3.5,Millions,Euro\n");
        assertEquals("Bank \"A\", S.A.", banks.get(0).name());
        assertEquals(
                Map.of("FR", BigInteger.valueOf(3251), "x28", BigInteger.ZERO),
                banks.get(0).byCountry());
        assertEquals(Map.of(), banks.get(1).byCountry());
    }

    @Test
    void anotherUnitOrNoNumberIsRefused() {
        for (String end :
                List.of("1.0,Thousands,Euro", "1.0,Millions,Dollar", "-1.0,Millions,Euro", "x,Millions,Euro")) {
            assertThrows(InvalidDatasetException.class, () -> read("A,DE,A,201912.0,FR,Retail,1,0," + end + "\n"), end);
        }
    }

    @Test
    void thePublishedTablesHaveTheirBanks() {
        Path data = Path.of(System.getProperty("veilflow.datasets", "../../shared/datasets"), "eba-bank-exposures");
        Assumptions.assumeTrue(
                Files.isDirectory(data),
                "skipped: no EBA data at " + data.toAbsolutePath().normalize());
        assertEquals(
                51, EbaExposures.read(data.resolve("eba_exposures_2016.csv")).size());
        List<EbaExposures.Bank> banks = EbaExposures.read(data.resolve("eba_exposures_2020.csv"));
        assertEquals(121, banks.size());
        assertTrue(banks.stream().noneMatch(bank -> bank.byCountry().containsKey("Total")));
    }
}
