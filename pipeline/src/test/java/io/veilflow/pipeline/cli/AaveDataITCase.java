package io.veilflow.pipeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.veilflow.datasets.csv.AaveAccount;
import io.veilflow.datasets.csv.AaveMarket;
import io.veilflow.datasets.schema.Market;
import io.veilflow.pipeline.demo.ClearLevels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The demo on real positions. The folder is read in place: property {@code veilflow.datasets}, else {@code
 * ../shared/datasets} beside the repository; without it the tests are skipped.
 */
class AaveDataITCase {
    private static final int WINDOWS = 3;

    private static Path data;

    @BeforeAll
    static void findData() {
        data = Path.of(System.getProperty("veilflow.datasets", "../../shared/datasets"));
        Assumptions.assumeTrue(
                Files.isDirectory(data.resolve("aave-v2-positions")),
                "skipped: no Aave data at " + data.toAbsolutePath().normalize());
    }

    @Test
    void postedLevelsEqualTheRuleReadInTheClearAndChangeInTheCrash() throws IOException {
        CommandRun run = CommandRun.of(
                "demo",
                "--data",
                data.toString(),
                "--windows",
                Integer.toString(WINDOWS),
                "--key-cache",
                Path.of("target", "it-keys").toString(),
                "--json");
        assertEquals(ExitCode.OK, run.exitCode(), run.errors());
        Market market = AaveMarket.read(data).market(WINDOWS);
        List<Integer> clear = new ArrayList<>();
        List<Integer> posted = new ArrayList<>();
        for (int window = 0; window < WINDOWS; window++) {
            clear.add(ClearLevels.results(market, window).value("level-0").intValueExact());
            posted.add(JsonMapper.builder()
                    .build()
                    .readTree(run.lines().get(window))
                    .get("outputs")
                    .get("level-0")
                    .get(0)
                    .asInt());
        }
        assertEquals(clear, posted);
        assertTrue(posted.stream().distinct().count() > 1, posted.toString());
    }

    /** The differences are explained where the loader is tested, in {@code AaveAgreementTest}. */
    @Test
    void slotsAtRiskByTheRuleAgreeWithTheHealthFactorInAtLeast95PercentOfRows() {
        AaveMarket accounts = AaveMarket.read(data);
        List<AaveAccount.Row> rows = accounts.accounts().stream()
                .flatMap(account -> account.rows().stream())
                .toList();
        long agreeing = rows.stream()
                .filter(row -> ClearLevels.atRisk(accounts.ofRow(row), 0, 0) == row.belowOne())
                .count();
        assertTrue(agreeing * 20 >= rows.size() * 19L, agreeing + " of " + rows.size());
    }
}
