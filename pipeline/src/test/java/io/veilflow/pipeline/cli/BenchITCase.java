package io.veilflow.pipeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark of the protocols as a user starts it, in small batches and few runs: three processes a measurement. */
class BenchITCase {
    private static final int BATCH = 128;

    @Test
    @DisplayName("Each chosen benchmark prints one object with the documented fields, in order")
    void eachChosenBenchmarkPrintsOneObject() throws IOException {
        List<String> chosen = List.of("comparison64", "and", "bitToFr");
        List<String> call = new ArrayList<>(
                List.of("bench", "mpc", "--profile", "M", "--batch", Integer.toString(BATCH), "--runs", "1", "--json"));
        chosen.forEach(name -> call.addAll(List.of("--bench", name)));
        CommandRun run = CommandRun.of(call.toArray(String[]::new));
        assertEquals(ExitCode.OK, run.exitCode(), run.errors());
        List<String> names = new ArrayList<>();
        for (String line : run.lines()) {
            JsonNode result = JsonMapper.builder().build().readTree(line);
            List<String> fields = new ArrayList<>();
            result.fieldNames().forEachRemaining(fields::add);
            assertEquals(List.of("bench", "profile", "batch", "perSecond", "bytesPerItem", "rounds", "millis"), fields);
            assertEquals("M", result.get("profile").asText());
            assertEquals(BATCH, result.get("batch").asInt());
            assertTrue(result.get("perSecond").asLong() > 0, line);
            assertTrue(result.get("millis").asDouble() > 0, line);
            names.add(result.get("bench").asText());
        }
        assertEquals(chosen, names);
    }

    @Test
    @DisplayName("The costs of a product are those of PROTOCOLS 5: 32 bytes in one round")
    void costsAreCounted() throws IOException {
        CommandRun run = CommandRun.of(
                "bench", "mpc", "--profile", "S", "--bench", "multiplyFr", "--batch", "10", "--runs", "1", "--json");
        JsonNode result = JsonMapper.builder().build().readTree(run.lines().get(0));
        assertEquals(32.0, result.get("bytesPerItem").asDouble());
        assertEquals(1, result.get("rounds").asLong());
    }

    @Test
    @DisplayName("The prover's benchmark prints one object with the documented fields, in order, for each market")
    void theProverIsMeasured(@TempDir Path keys) throws IOException {
        CommandRun run = CommandRun.of(
                "bench", "prove", "--positions", "2,3", "--keys", keys.toString(), "--runs", "1", "--json");
        assertEquals(ExitCode.OK, run.exitCode(), run.errors());
        List<Integer> positions = new ArrayList<>();
        for (String line : run.lines()) {
            JsonNode result = JsonMapper.builder().build().readTree(line);
            List<String> fields = new ArrayList<>();
            result.fieldNames().forEachRemaining(fields::add);
            assertEquals(
                    List.of(
                            "positions",
                            "constraints",
                            "walkMillis",
                            "fftMillis",
                            "msmMillis",
                            "partyMillis",
                            "gnarkMillis",
                            "gnarkDenseMillis",
                            "windowToProofMillis",
                            "bytes",
                            "peakRssBytes"),
                    fields);
            for (String field : fields) {
                assertTrue(result.get(field).asDouble() > 0, line);
            }
            positions.add(result.get("positions").asInt());
        }
        assertEquals(List.of(2, 3), positions);
    }

    @Test
    void aMarketWithoutPositionsIsRefused() {
        assertEquals(
                ExitCode.CONFIGURATION,
                CommandRun.of("bench", "prove", "--positions", "0").exitCode());
    }

    @Test
    void aNameThatIsNoBenchmarkIsRefusedWithThoseThatAre() {
        CommandRun run = CommandRun.of("bench", "mpc", "--bench", "sorting");
        assertEquals(ExitCode.CONFIGURATION, run.exitCode());
        assertTrue(run.errors().contains("multiplyFr"), run.errors());
        CommandRun unverified = CommandRun.of("bench", "mpc", "--profile", "S", "--bench", "ecdsaSign");
        assertEquals(ExitCode.CONFIGURATION, unverified.exitCode());
        assertTrue(unverified.errors().contains("ecdsaSign"), unverified.errors());
        assertEquals(
                ExitCode.CONFIGURATION,
                CommandRun.of("bench", "mpc", "--batch", "0").exitCode());
        assertEquals(
                ExitCode.CONFIGURATION,
                CommandRun.of("bench", "mpc", "--runs", "0").exitCode());
        assertEquals(
                ExitCode.CONFIGURATION,
                CommandRun.of("bench", "prove", "--runs", "0").exitCode());
    }

    @Test
    void noProcessIsLeftBehind() {
        assertFalse(ProcessHandle.current().descendants().anyMatch(ProcessHandle::isAlive));
    }
}
