package io.veilflow.datasets.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.datasets.schema.InvalidDatasetException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AaveAccountTest {
    private static final String HEADER = "block,timestamp,user,totalCollateral,totalDebt,healthFactor,tokenAddress,"
            + "WETH_collateral,USDC_debt,WETH_USD_price,USDC_USD_price\n";

    @TempDir
    Path folder;

    @Test
    void scientificNotationIsReadAsAnExactDecimal() throws IOException {
        AaveAccount.Row row = read("1,1,u,1e+18,7e+17,1.09,t,1.0879920186553635e+18,911611531.0,3400.5,1.001\n")
                .rows()
                .get(0);
        assertEquals(new BigInteger("1087992018655363500"), row.collateral().get("WETH"));
        assertEquals(new BigInteger("911611531"), row.debt().get("USDC"));
        assertFalse(row.belowOne());
    }

    @Test
    void healthFactorZeroWithDebtLeftIsBadDebt() throws IOException {
        AaveAccount account = read("1,1,u,0.0,7e+17,0.0,t,0.0,9.0,1,1\n2,1,u,0.0,0.0,0.0,t,0.0,0.0,1,1\n");
        assertTrue(account.rows().get(0).belowOne());
        assertFalse(account.rows().get(1).belowOne());
        assertTrue(account.rows().get(1).debt().isEmpty());
    }

    @Test
    void rowsCountUntilTheyAreTooOld() throws IOException {
        AaveAccount account = read("10,1,u,0,0,0,t,0,0,1,1\n20,1,u,0,0,0,t,0,0,1,1\n");
        assertTrue(account.at(9, 5).isEmpty());
        assertEquals(10, account.at(15, 5).orElseThrow().block());
        assertEquals(20, account.at(25, 5).orElseThrow().block());
        assertTrue(account.at(26, 5).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"-1.0", "nan", "inf", "1.5", "1e999", "''"})
    void amountsThatAreNoWholeNumberOfUnitsAreRefused(String amount) {
        assertThrows(InvalidDatasetException.class, () -> read("1,1,u,0,0,0,t," + amount + ",0,1,1\n"));
    }

    @Test
    void unknownColumnsAndBlocksOutOfOrderAreRefused() {
        assertThrows(InvalidDatasetException.class, () -> read("2,1,u,0,0,0,t,0,0,1,1\n1,1,u,0,0,0,t,0,0,1,1\n"));
        assertThrows(InvalidDatasetException.class, () -> {
            Path file = folder.resolve("x.csv");
            Files.writeString(file, "block,surprise\n");
            AaveAccount.read(file);
        });
    }

    private AaveAccount read(String rows) throws IOException {
        Path file = folder.resolve("account_details_v2.csv");
        Files.writeString(file, HEADER + rows);
        return AaveAccount.read(file);
    }
}
