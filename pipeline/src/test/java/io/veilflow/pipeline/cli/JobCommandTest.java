package io.veilflow.pipeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.veilflow.pipeline.job.kind.JobKinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobCommandTest {
    @TempDir
    Path folder;

    @Test
    void everyInstalledKindIsListed() throws IOException {
        CommandRun run = CommandRun.of("job", "list", "--json");
        assertEquals(ExitCode.OK, run.exitCode(), run.errors());
        assertEquals(JobKinds.names().size(), run.lines().size());
        for (int i = 0; i < run.lines().size(); i++) {
            JsonNode line = json(run.lines().get(i));
            assertEquals(JobKinds.names().get(i), line.get("job").asText());
            assertEquals("proven", line.get("assurance").asText());
        }
    }

    @Test
    void aTableIsComputedInTheClear() throws IOException {
        Path table = file("salaries.csv", "contributor,slot,value", "a,0,30", "a,1,70", "b,0,50", "b,1,70", "b,2,70");
        CommandRun run = CommandRun.of("job", "check", "median-and-top", "--input", table.toString(), "--json");
        assertEquals(ExitCode.OK, run.exitCode(), run.errors());
        JsonNode outputs = json(run.lines().get(0)).get("outputs");
        assertEquals(70, outputs.get("median").get(0).asInt());
        assertEquals(70, outputs.get("cut").get(0).asInt());
        assertEquals(3, outputs.get("top").get(0).asInt());
    }

    @Test
    void parametersCanBeChanged() throws IOException {
        Path weights = file("weights.csv", "slot,weight", "0,10", "1,20", "2,30");
        Path choices = file("choices.csv", "contributor,slot,choice", "x,0,1", "x,1,1", "y,0,2");
        String[] call = {
            "job", "check", "vote", "--input", "registrar=" + weights, "--input", "voter=" + choices, "--set", ""
        };
        call[call.length - 1] = "majorityBps=4999";
        assertEquals("motion carried", CommandRun.of(call).lines().get(1));
        call[call.length - 1] = "majorityBps=5000";
        assertEquals("motion not carried", CommandRun.of(call).lines().get(1));
        call[call.length - 1] = "majorityBps=10001";
        CommandRun refused = CommandRun.of(call);
        assertEquals(ExitCode.CONFIGURATION, refused.exitCode());
        assertTrue(refused.errors().contains("majorityBps"), refused.errors());
        assertTrue(refused.errors().contains("0 to 10000"), refused.errors());
    }

    @Test
    void errorsNameTableLineAndColumn() throws IOException {
        Path table = file("salaries.csv", "slot,value", "0,30", "1,1024");
        assertRefused("salaries.csv line 3: column value is not from 0 to 1023", table.toString());
        Path columns = file("columns.csv", "slot,salary", "0,30");
        assertRefused("columns.csv line 1: the columns are slot,value", columns.toString());
        assertRefused("expected ROLE=FILE with a role of entry", "entries=" + table);
        assertRefused("missing.csv", folder.resolve("missing.csv").toString());
        CommandRun unknown = CommandRun.of("job", "check", "weather", "--input", table.toString());
        assertEquals(ExitCode.CONFIGURATION, unknown.exitCode());
        assertTrue(unknown.errors().contains("eligibility, exposure-statistics"), unknown.errors());
    }

    @Test
    void fedValuesAreAskedForByTheirColumns() throws IOException {
        Path book = file("book.csv", "slot,asset,collateral,debt", "0,WETH,1,0", "1,USDC,0,5");
        CommandRun run = CommandRun.of("job", "check", "market-health", "--input", book.toString());
        assertEquals(ExitCode.CONFIGURATION, run.exitCode());
        assertTrue(run.errors().contains("window,asset,price"), run.errors());
        Path feed = file("prices.csv", "window,asset,price", "0,weth,2000", "0,wbtc,30000", "0,usdc,1");
        CommandRun fed =
                CommandRun.of("job", "check", "market-health", "--input", book.toString(), "--feed", feed.toString());
        assertEquals(ExitCode.OK, fed.exitCode(), fed.errors());
        assertTrue(fed.lines().contains("level-0 = 3"), fed.lines().toString());
    }

    private static void assertRefused(String error, String input) {
        CommandRun run = CommandRun.of("job", "check", "median-and-top", "--input", input);
        assertEquals(ExitCode.CONFIGURATION, run.exitCode(), run.errors());
        assertTrue(run.errors().startsWith("veilflow job check: "), run.errors());
        assertTrue(run.errors().contains(error), run.errors());
        assertTrue(!run.errors().contains("\tat "), run.errors());
    }

    private Path file(String name, String... lines) throws IOException {
        return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    private static JsonNode json(String line) throws IOException {
        return JsonMapper.builder().build().readTree(line);
    }
}
