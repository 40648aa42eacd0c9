package io.veilflow.pipeline.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.datasets.generate.MarketGenerator;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Profile;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.Environment;
import io.veilflow.pipeline.job.JobDefinition;
import io.veilflow.pipeline.job.JobFile;
import io.veilflow.pipeline.job.JobProgram;
import io.veilflow.pipeline.job.standard.MarketHealthJob;
import io.veilflow.pipeline.job.standard.MarketScenario;
import io.veilflow.pipeline.local.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A party process that must not start ends with exit code 2 and says why, before it has sent anything. */
class RefusesToStartITCase {
    private static final long LIMIT_MILLIS = 60_000;

    @TempDir
    private static Path folder;

    private static DemoFolder files;
    private static LocalNetwork network;

    @BeforeAll
    static void prepareJob() throws IOException, InterruptedException {
        files = DemoFolder.create(Optional.of(folder.resolve("run")));
        network = LocalNetwork.prepare(
                files,
                new MarketHealthJob(),
                MarketScenario.of(new MarketGenerator(3).market(1, 8)),
                Profile.M,
                Path.of("target", "it-keys"),
                step -> {});
    }

    @AfterAll
    static void close() {
        network.close();
        files.close();
    }

    @Test
    void jobWithAnotherRuleThanTheRegisteredOne() throws Exception {
        JobDefinition job = network.terms().definition();
        JobDefinition other = with(
                job,
                new JobProgram(
                        job.program().kindName(),
                        job.program().parameters().withNumbers("limitsBps", List.of(1L, 2L, 3L))),
                job.parties());
        assertRefused(PartyId.P0, Map.of("jobFile", jobFile("other-limits.json", other)), List.of(), "parameter words");
    }

    @Test
    void certificateThatIsNotTheOneInTheJob() throws Exception {
        JobDefinition job = network.terms().definition();
        List<EnrolledParty> parties = new ArrayList<>(job.parties());
        EnrolledParty own = parties.get(1);
        parties.set(
                1,
                new EnrolledParty(
                        own.id(), own.host(), own.port(), own.identityKey(), ByteString.copyFrom(new byte[32])));
        JobDefinition other = with(job, job.program(), parties);
        assertRefused(PartyId.P1, Map.of("jobFile", jobFile("other-pin.json", other)), List.of(), "certificate");
    }

    @Test
    @DisplayName(
            "E12, H10: a party of a production job refuses keys that one machine made, and what is for tests; all at once")
    void unsafeKeysInProduction() throws Exception {
        JobDefinition job = network.terms().definition();
        JobDefinition production = new JobDefinition(
                job.name(),
                job.profile(),
                Environment.PRODUCTION,
                job.program(),
                job.contributors(),
                job.parties(),
                job.group(),
                job.feeder(),
                job.windows(),
                job.chain(),
                job.keyDigest(),
                job.basisDigest());
        assertRefused(
                PartyId.P0,
                Map.of(
                        "jobFile",
                        jobFile("production.json", production),
                        "testMode",
                        true,
                        "frameTapFile",
                        "frames.tap"),
                List.of(),
                "UNSAFE",
                "frameTapFile: ");
    }

    @Test
    void recordingOfAllFramesOutsideOfTests() throws Exception {
        assertRefused(PartyId.P2, Map.of("frameTapFile", "frames.tap"), List.of(), "testMode");
    }

    @Test
    void nativeLibraryThatIsNotThere() throws Exception {
        assertRefused(
                PartyId.P2,
                Map.of(),
                List.of("-Dveilflow.native.library=" + folder.resolve("missing.so")),
                "missing.so");
    }

    @Test
    @DisplayName(
            "B12: parties with different security profiles do not connect; it is called configuration, and nothing is"
                    + " posted")
    void anotherProfileThanThePeers() throws Exception {
        JobDefinition semiHonest = withProfile(network.terms().definition(), Profile.S);
        Path file = jobFile("profile-s.json", semiHonest);
        try (ChildProcess first = network.party(PartyId.P0, Map.of(), List.of());
                ChildProcess plain = network.party(PartyId.P1, Map.of("jobFile", file), List.of());
                ChildProcess last = network.party(PartyId.P2, Map.of(), List.of())) {
            // whoever hears of it first ends, and cuts the links of the others, who may go on waiting for a third party
            ChildProcess refused = firstToEnd(List.of(first, plain, last));
            assertEquals(2, refused.exitCode(), refused.lastWords());
            assertTrue(refused.lastWords().contains("configuration hash of the peer differs"), refused.lastWords());
        }
        try (FileBoard board = FileBoard.open(files.board())) {
            for (PartyId party : PartyId.values()) {
                assertEquals(0, board.size(EnrolledParty.writer(party)), "nothing was sent or posted");
            }
        }
    }

    private static ChildProcess firstToEnd(List<ChildProcess> processes) throws InterruptedException {
        long end = System.nanoTime() + LIMIT_MILLIS * 1_000_000;
        while (System.nanoTime() < end) {
            for (ChildProcess process : processes) {
                if (process.awaitExit(20)) {
                    return process;
                }
            }
        }
        throw new AssertionError("no party refused the others");
    }

    private static JobDefinition withProfile(JobDefinition job, Profile profile) {
        return new JobDefinition(
                job.name(),
                profile,
                job.environment(),
                job.program(),
                job.contributors(),
                job.parties(),
                job.group(),
                job.feeder(),
                job.windows(),
                job.chain(),
                job.keyDigest(),
                job.basisDigest());
    }

    private static Path jobFile(String name, JobDefinition job) throws IOException {
        return Files.write(folder.resolve(name), JobFile.bytes(job));
    }

    private static JobDefinition with(JobDefinition job, JobProgram program, List<EnrolledParty> parties) {
        return new JobDefinition(
                job.name(),
                job.profile(),
                job.environment(),
                program,
                job.contributors(),
                parties,
                job.group(),
                job.feeder(),
                job.windows(),
                job.chain(),
                job.keyDigest(),
                job.basisDigest());
    }

    private static void assertRefused(
            PartyId party, Map<String, Object> settings, List<String> virtualMachine, String... reasons)
            throws Exception {
        try (ChildProcess process = network.party(party, settings, virtualMachine)) {
            assertTrue(process.awaitExit(LIMIT_MILLIS), "it started: " + process.lastWords());
            assertEquals(2, process.exitCode(), process.lastWords());
            for (String reason : reasons) {
                assertTrue(process.lastWords().contains(reason), process.lastWords());
            }
        }
    }
}
