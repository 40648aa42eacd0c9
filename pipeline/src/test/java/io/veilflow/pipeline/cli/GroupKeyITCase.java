package io.veilflow.pipeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.pipeline.identity.IdentityFile;
import io.veilflow.pipeline.identity.KdfParameters;
import io.veilflow.pipeline.identity.Passphrase;
import io.veilflow.pipeline.identity.PublicIdentity;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.PartiesFile;
import io.veilflow.pipeline.key.GroupKeyStore;
import io.veilflow.pipeline.key.GroupShare;
import io.veilflow.pipeline.key.KeyPurpose;
import io.veilflow.pipeline.key.PairSignatures;
import io.veilflow.pipeline.local.ChildProcess;
import io.veilflow.pipeline.local.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators with a process each, from the first key to a replaced party, with the commands that the documents show. */
class GroupKeyITCase {
    private static final KdfParameters CHEAP = new KdfParameters(16 << 10, 1, 1);
    private static final List<String> SMALL = List.of("-Xmx96m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    private static final long LIMIT_MILLIS = 120_000;

    @TempDir
    private Path folder;

    private int ceremonies;

    @BeforeEach
    void makeIdentities() throws IOException {
        SecureRandom random = new SecureRandom();
        List<Integer> ports = FreePorts.find(PartyId.values().length);
        List<EnrolledParty> parties = new ArrayList<>();
        for (PartyId party : PartyId.values()) {
            IdentityFile.createPassphrase(file(party, "pass"), random);
            PublicIdentity made = IdentityFile.createParty(
                    file(party, "keys"), party, file(party, "pass"), CHEAP, Instant.now(), random);
            parties.add(enrolled(party, made, ports.get(party.index())));
        }
        Files.write(folder.resolve("parties.json"), PartiesFile.bytes(parties));
    }

    @Test
    @DisplayName(
            "G9, G10: three processes make a key, refresh it and replace a party; old stores are refused, every pair signs")
    void lifeOfAKey() throws Exception {
        assertEquals(List.of(0, 0, 0), ceremony("create", "group"));
        String key = shown(PartyId.P0).get("key").asText();
        assertLife(key, 1);
        Files.copy(store(PartyId.P1), folder.resolve("old"), StandardCopyOption.COPY_ATTRIBUTES);

        assertEquals(List.of(0, 0, 0), ceremony("refresh"));
        assertLife(key, 2);

        Files.copy(
                folder.resolve("old"),
                store(PartyId.P1),
                StandardCopyOption.COPY_ATTRIBUTES,
                StandardCopyOption.REPLACE_EXISTING);
        assertEquals(List.of(2, 2, 2), ceremony("refresh"));
        assertSaid(PartyId.P1, "it is an old copy, useless now; move it away and use keys replace --party 1");
        assertSaid(PartyId.P2, "party-1 has an old copy of its store, generation 1 instead of 2");

        for (String ending : List.of("group", "group.epoch", "group.lock")) {
            Files.delete(file(PartyId.P1, ending));
        }
        assertEquals(List.of(0, 0, 0), ceremony("replace", "--party", "1"));
        assertLife(key, 3);
    }

    @Test
    @DisplayName("H4: no passphrase and no share is printed; the passphrase is not taken from the command line")
    void nothingIsPrinted() throws Exception {
        assertEquals(List.of(0, 0, 0), ceremony("create", "group"));
        for (PartyId party : PartyId.values()) {
            String log = Files.readString(log(party));
            assertFalse(log.contains(Files.readString(file(party, "pass")).strip()));
            try (Passphrase passphrase = Passphrase.read(file(party, "pass"));
                    GroupShare share = GroupKeyStore.openShare(store(party), KeyPurpose.RESULT, party, passphrase);
                    KeyShare secret = share.keyShare()) {
                assertFalse(log.contains(HexFormat.of().formatHex(secret.exposeScalar())));
            }
        }
        List<String> call = new ArrayList<>(call(PartyId.P0, "refresh"));
        call.set(call.indexOf("--passphrase") + 1, Files.readString(file(PartyId.P0, "pass")));
        CommandRun run = CommandRun.of(call.toArray(String[]::new));
        assertEquals(ExitCode.CONFIGURATION, run.exitCode());
        assertTrue(run.errors().contains("does not exist"), run.errors());
    }

    @Test
    @DisplayName("A party whose peers do not come ends with 1, and one with a wrong passphrase with 2")
    void alone() throws Exception {
        List<String> lonely = new ArrayList<>(call(PartyId.P0, "create", "group"));
        lonely.set(lonely.indexOf("--wait") + 1, "1");
        CommandRun run = CommandRun.of(lonely.toArray(String[]::new));
        assertEquals(ExitCode.NEGATIVE, run.exitCode(), run.errors());
        assertTrue(run.errors().contains("give the same command again at all three"), run.errors());

        List<String> mistaken = new ArrayList<>(call(PartyId.P0, "create", "group"));
        mistaken.set(
                mistaken.indexOf("--passphrase") + 1, file(PartyId.P1, "pass").toString());
        CommandRun refused = CommandRun.of(mistaken.toArray(String[]::new));
        assertEquals(ExitCode.CONFIGURATION, refused.exitCode());
        assertTrue(refused.errors().contains("the passphrase is not that of this file"), refused.errors());
    }

    /** All three say the same, and every pair signs for this key. */
    private void assertLife(String key, int generation) throws IOException {
        List<KeyShare> shares = new ArrayList<>();
        for (PartyId party : PartyId.values()) {
            JsonNode shown = shown(party);
            assertEquals(key, shown.get("key").asText());
            assertEquals(generation, shown.get("generation").asInt());
            assertEquals("party-" + party.index(), shown.get("holder").asText());
            try (Passphrase passphrase = Passphrase.read(file(party, "pass"));
                    GroupShare share = GroupKeyStore.openShare(store(party), KeyPurpose.RESULT, party, passphrase)) {
                shares.add(share.keyShare());
            }
        }
        assertTrue(PairSignatures.verify(shares, HexFormat.of().parseHex(key)));
        shares.forEach(KeyShare::close);
    }

    /** The same command at all three, each in a process of its own; their exit codes. */
    private List<Integer> ceremony(String... command) throws InterruptedException {
        ceremonies++;
        return exitCodes(
                party -> ChildProcess.start(EnrolledParty.writer(party), SMALL, call(party, command), log(party)));
    }

    private static List<Integer> exitCodes(Function<PartyId, ChildProcess> start) throws InterruptedException {
        List<ChildProcess> processes = new ArrayList<>();
        try {
            for (PartyId party : PartyId.values()) {
                processes.add(start.apply(party));
            }
            List<Integer> codes = new ArrayList<>();
            for (ChildProcess process : processes) {
                assertTrue(process.awaitExit(LIMIT_MILLIS), process.lastWords());
                codes.add(process.exitCode());
            }
            return codes;
        } finally {
            processes.forEach(ChildProcess::close);
        }
    }

    private List<String> call(PartyId party, String... command) {
        List<String> call = new ArrayList<>(List.of("keys"));
        call.addAll(List.of(command));
        call.addAll(List.of(
                "--purpose",
                "result",
                "--parties",
                folder.resolve("parties.json").toString(),
                "--keys",
                file(party, "keys").toString(),
                "--passphrase",
                file(party, "pass").toString(),
                "--store",
                store(party).toString(),
                "--wait",
                "100"));
        return call;
    }

    private JsonNode shown(PartyId party) throws IOException {
        CommandRun run = CommandRun.of("keys", "show", store(party).toString(), "--json");
        assertEquals(ExitCode.OK, run.exitCode(), run.errors());
        return JsonMapper.builder().build().readTree(run.lines().get(0));
    }

    private void assertSaid(PartyId party, String what) throws IOException {
        String log = Files.readString(log(party));
        assertTrue(log.contains(what), log);
    }

    private Path store(PartyId party) {
        return file(party, "group");
    }

    private Path log(PartyId party) {
        return file(party, ceremonies + ".log");
    }

    private Path file(PartyId party, String ending) {
        return folder.resolve(EnrolledParty.writer(party) + "." + ending);
    }

    private static EnrolledParty enrolled(PartyId party, PublicIdentity identity, int port) {
        PublicIdentity.PartyKeys keys = identity.party().orElseThrow();
        return new EnrolledParty(
                party,
                "127.0.0.1",
                port,
                ByteString.copyFrom(identity.identityKey().bytes()),
                ByteString.copyFrom(keys.certificatePin()));
    }
}
