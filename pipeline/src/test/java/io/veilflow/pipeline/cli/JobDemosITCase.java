package io.veilflow.pipeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.veilflow.pipeline.demo.DemoOptions;
import io.veilflow.pipeline.job.kind.JobKinds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The demo of every installed kind but the one of {@link DemoITCase}, in its smallest size; among them one that only tests have, with a role
 * of one slot, negative numbers and outputs under the owners' masks.
 */
class JobDemosITCase {
    private static final int WINDOWS = 2;
    private static final Path KEYS = Path.of("target", "it-keys");
    /** What the contract must have done by the last window, of kinds that have one. */
    private static final Map<String, String> CONTRACT_DID = Map.of(
            "eligibility", "list lets",
            "exposure-statistics", "feed answers",
            "median-and-top", "feed answers",
            "settlement", "escrow RELEASED",
            "vote", "its call");

    static List<String> names() {
        return JobKinds.names().stream()
                .filter(name -> !name.equals(DemoOptions.DEFAULT_JOB))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyWindowIsProvenRecordedAsExpectedActedOnAndAudited(String name) throws IOException {
        CommandRun run = CommandRun.of(
                "demo",
                "--job",
                name,
                "--windows",
                Integer.toString(WINDOWS),
                "--slots",
                "4",
                "--key-cache",
                KEYS.toString(),
                "--json");
        assertEquals(ExitCode.OK, run.exitCode(), () -> run.errors() + run.lines());
        List<JsonNode> lines = new ArrayList<>();
        for (String line : run.lines()) {
            lines.add(JsonMapper.builder().build().readTree(line));
        }
        assertEquals(WINDOWS + 1, lines.size());
        for (JsonNode window : lines.subList(0, WINDOWS)) {
            assertEquals(name, window.get("job").asText());
            assertEquals("proven", window.get("assurance").asText());
            assertTrue(window.get("asExpected").asBoolean(), window.toString());
            assertTrue(window.get("gas").asLong() <= 400_000, window.toString());
        }
        assertEquals("passed", lines.get(WINDOWS).get("audit").asText());
        String did = lines.get(WINDOWS - 1).get("consumer").asText();
        assertTrue(did.startsWith(CONTRACT_DID.getOrDefault(name, "")), did);
    }
}
