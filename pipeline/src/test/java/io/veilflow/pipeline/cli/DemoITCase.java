package io.veilflow.pipeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.veilflow.contracts.Anvil;
import io.veilflow.mpc.session.Profile;
import io.veilflow.pipeline.demo.DemoOptions;
import io.veilflow.pipeline.job.kind.Scenario;
import io.veilflow.pipeline.job.standard.MarketHealthJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a user starts it: a node, three parties, a feeder and four institutions, each a process of its own. */
class DemoITCase {
    private static final int WINDOWS = 4;
    private static final int POSITIONS = 8;
    private static final Path KEYS = Path.of("target", "it-keys");

    @TempDir
    private static Path folder;

    private static CommandRun run;

    @BeforeAll
    static void runDemo() {
        run = CommandRun.of(
                "demo",
                "--windows",
                Integer.toString(WINDOWS),
                "--positions",
                Integer.toString(POSITIONS),
                "--keep",
                folder.resolve("run").toString(),
                "--key-cache",
                KEYS.toString(),
                "--json");
    }

    @Test
    void exitCodeIsZeroBecauseEveryWindowWasProvenAcceptedAndAudited() {
        assertEquals(ExitCode.OK, run.exitCode(), run.errors());
        assertEquals(WINDOWS + 1, run.lines().size());
        assertEquals(
                "{\"audit\":\"passed\",\"windows\":" + WINDOWS + ",\"profile\":\"M\"}",
                run.lines().get(WINDOWS));
    }

    @Test
    void eachWindowHasTheDocumentedShape() throws IOException {
        for (int window = 0; window < WINDOWS; window++) {
            JsonNode line = JsonMapper.builder().build().readTree(run.lines().get(window));
            assertEquals(
                    List.of(
                            "job",
                            "window",
                            "level",
                            "outputs",
                            "result",
                            "asExpected",
                            "assurance",
                            "profile",
                            "submissions",
                            "rejected",
                            "manifestRoot",
                            "transaction",
                            "gas",
                            "millis",
                            "consumer"),
                    names(line));
            assertEquals(List.of("admit", "seal", "evaluate", "prove", "post", "total"), names(line.get("millis")));
            assertEquals(window, line.get("window").asInt());
            assertEquals("proven", line.get("assurance").asText());
            assertEquals("M", line.get("profile").asText());
            assertEquals(4, line.get("submissions").asInt());
            assertEquals(0, line.get("rejected").asInt());
            assertTrue(line.get("gas").asLong() > 0 && line.get("gas").asLong() <= 400_000, line.toString());
            assertTrue(line.get("transaction").asText().matches("(0x)?[0-9a-f]{64}"), line.toString());
            assertTrue(line.get("manifestRoot").asText().matches("(0x)?[0-9a-f]{64}"), line.toString());
        }
    }

    @Test
    void levelsEqualAPlainComputationOnAllBooks() throws IOException {
        Scenario scenario = new DemoOptions(
                        new MarketHealthJob(), WINDOWS, POSITIONS, Profile.M, Optional.empty(), Optional.empty(), KEYS)
                .scenario();
        List<Integer> clear = new ArrayList<>();
        List<Integer> posted = new ArrayList<>();
        for (int window = 0; window < WINDOWS; window++) {
            clear.add(scenario.windows().get(window).expected().value("level-0").intValueExact());
            posted.add(JsonMapper.builder()
                    .build()
                    .readTree(run.lines().get(window))
                    .get("level")
                    .asInt());
        }
        assertEquals(clear, posted);
        assertTrue(posted.stream().distinct().count() > 1, "the level changes through the crash");
    }

    @Test
    void boardAndStateStayWhereTheyWereAskedFor() {
        assertTrue(folder.resolve("run")
                .resolve("board")
                .resolve("party-0.log")
                .toFile()
                .isFile());
        assertTrue(folder.resolve("run")
                .resolve("board")
                .resolve("job.json")
                .toFile()
                .isFile());
    }

    /** The kept board and chain, audited by somebody who has nothing else; then with one byte changed in every file of the board. */
    @Test
    void keptRunIsAuditedAndOneChangedByteInAnyFileIsNamed() throws IOException {
        Path board = folder.resolve("run").resolve("board");
        String chain = folder.resolve("run").resolve("chain.json").toString();
        try (Anvil node = Anvil.start(Anvil.DEFAULT_CHAIN_ID, List.of("--load-state", chain))) {
            CommandRun honest = audit(board, node);
            assertEquals(ExitCode.OK, honest.exitCode(), honest.errors());
            for (Path file : files(board)) {
                byte[] bytes = Files.readAllBytes(file);
                byte[] changed = bytes.clone();
                changed[bytes.length / 3] ^= 1;
                Files.write(file, changed);
                CommandRun run = audit(board, node);
                Files.write(file, bytes);
                String name = file.getFileName().toString().replace(".log", "");
                assertEquals(ExitCode.NEGATIVE, run.exitCode(), name);
                assertTrue((run.lines() + run.errors()).contains(name), name + ": " + run.lines() + run.errors());
            }
        }
    }

    private static CommandRun audit(Path board, Anvil node) throws IOException {
        String registry = JsonMapper.builder()
                .build()
                .readTree(board.resolve("job.json").toFile())
                .get("chain")
                .get("registry")
                .asText();
        return CommandRun.of(
                "audit", "--board", board.toString(), "--rpc", node.url().toString(), "--registry", registry);
    }

    private static List<Path> files(Path board) throws IOException {
        try (Stream<Path> files = Files.list(board)) {
            return files.filter(file -> file.toString().endsWith(".log")).toList();
        }
    }

    @Test
    void folderThatIsNotEmptyIsRefused() {
        CommandRun again = CommandRun.of("demo", "--keep", folder.resolve("run").toString());
        assertEquals(ExitCode.CONFIGURATION, again.exitCode());
        assertTrue(again.errors().contains("is not empty"), again.errors());
    }

    @Test
    void noProcessIsLeftBehind() {
        assertFalse(ProcessHandle.current().descendants().anyMatch(ProcessHandle::isAlive));
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
