package io.veilflow.pipeline.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartyConfigurationTest {
    private static final String GOOD =
            """
            {
              "version": 1,
              "party": 1,
              "stateDirectory": "state",
              "boardDirectory": "board",
              "jobFile": "job.json",
              "keyFile": "keys",
              "passphraseFile": "pass",
              "resultKeyStore": "result",
              "rpcUrl": "http://127.0.0.1:8545",
              "posterKeyFile": "poster",
              "keyCacheDirectory": "cache",
              "parallelism": 2
            }
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void makeFiles() throws IOException {
        Files.createDirectory(folder.resolve("state"));
        Files.createDirectory(folder.resolve("board"));
        for (String file : new String[] {"job.json", "keys", "pass", "result", "poster"}) {
            Files.createFile(folder.resolve(file));
        }
    }

    @Test
    void pathsAreTakenFromTheFolderOfTheFile() {
        PartyConfiguration read = read(GOOD);
        assertEquals(PartyId.P1, read.party());
        assertEquals(folder.resolve("state"), read.stateDirectory());
        assertEquals(folder.resolve("cache"), read.keyCacheDirectory());
        assertEquals(2, read.parallelism());
        assertEquals(Optional.empty(), read.frameTapFile());
    }

    @Test
    void allErrorsAreReportedAtOnce() {
        String broken = GOOD.replace("\"party\": 1", "\"party\": 3")
                .replace("\"jobFile\": \"job.json\"", "\"jobFile\": \"missing.json\"")
                .replace("\"boardDirectory\": \"board\"", "\"boardDirectory\": \"nowhere\"")
                .replace("http://", "ftp://")
                .replace("\"parallelism\": 2", "\"parallelism\": 0, \"verbose\": true");
        ConfigurationException refused = assertThrows(ConfigurationException.class, () -> read(broken));
        for (String key : new String[] {"party", "jobFile", "boardDirectory", "rpcUrl", "parallelism", "verbose"}) {
            assertTrue(
                    refused.errors().stream().anyMatch(error -> error.startsWith(key + ":")),
                    () -> key + " in " + refused.errors());
        }
        assertEquals(6, refused.errors().size(), refused.getMessage());
    }

    @Test
    void nodesDepthAndFeesOfTheChainMayBeGiven() {
        URI first = URI.create("http://127.0.0.1:8545");
        assertEquals(new ChainAccess(List.of(first), 12, 500), read(GOOD).chain());
        String more = GOOD.replace(
                "\"parallelism\"",
                "\"furtherRpcUrls\": [\"https://node.example/v1\"], \"depth\": 0, \"feeGweiMax\": 30, \"parallelism\"");
        assertEquals(
                new ChainAccess(List.of(first, URI.create("https://node.example/v1")), 0, 30),
                read(more).chain());
        ConfigurationException refused = assertThrows(
                ConfigurationException.class,
                () -> read(more.replace("https", "ftp").replace("\"depth\": 0", "\"depth\": 1000")));
        assertEquals(2, refused.errors().size(), refused.getMessage());
    }

    @Test
    void limitsMayBeLeftOutEachAlone() {
        assertEquals(FailureLimits.DEFAULT, read(GOOD).failures());
        String limited = GOOD.replace(
                "\"parallelism\": 2", "\"parallelism\": 2, \"limits\": {\"failedChecks\": 1, \"disputes\": 0}");
        assertEquals(
                new FailureLimits(FailureLimits.DEFAULT.attempts(), 1, 0),
                read(limited).failures());
        ConfigurationException refused =
                assertThrows(ConfigurationException.class, () -> read(limited.replace("Checks\": 1", "Checks\": 0")));
        assertTrue(refused.getMessage().contains("limits.failedChecks"), refused.getMessage());
    }

    @Test
    void storesOfFurtherGroupKeysAreOptional() {
        assertEquals(folder.resolve("result"), read(GOOD).resultKeyStore());
        assertEquals(Optional.empty(), read(GOOD).accountKeyStore());
        assertEquals(Optional.empty(), read(GOOD).nextResultKeyStore());
        String next = GOOD.replace("\"parallelism\": 2", "\"nextResultKeyStore\": \"keys\"");
        assertEquals(Optional.of(folder.resolve("keys")), read(next).nextResultKeyStore());
        String more =
                GOOD.replace("\"parallelism\": 2", "\"accountKeyStore\": \"keys\", \"signKeyStore\": \"nowhere\"");
        ConfigurationException refused = assertThrows(ConfigurationException.class, () -> read(more));
        assertEquals(1, refused.errors().size(), refused.getMessage());
        assertTrue(refused.getMessage().contains("signKeyStore: "), refused.getMessage());
    }

    @Test
    void aMissingPosterKeyIsNamed() {
        String broken = GOOD.replace("  \"posterKeyFile\": \"poster\",\n", "");
        ConfigurationException refused = assertThrows(ConfigurationException.class, () -> read(broken));
        assertTrue(refused.getMessage().contains("posterKeyFile: missing"), refused.getMessage());
    }

    @Test
    void aFrameTapIsRefusedOutsideTestMode() {
        String tapped = GOOD.replace("\"parallelism\": 2", "\"frameTapFile\": \"frames\"");
        ConfigurationException refused = assertThrows(ConfigurationException.class, () -> read(tapped));
        assertTrue(refused.getMessage().contains("frameTapFile: shows everything"), refused.getMessage());
        String test = tapped.replace("\"frameTapFile\"", "\"testMode\": true, \"frameTapFile\"");
        assertEquals(Optional.of(folder.resolve("frames")), read(test).frameTapFile());
    }

    private PartyConfiguration read(String text) {
        return PartyConfiguration.read(folder.resolve("party.json"), text.getBytes(StandardCharsets.UTF_8));
    }
}
