package io.veilflow.pipeline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.pipeline.job.EnrolledContributor;
import io.veilflow.pipeline.job.Environment;
import io.veilflow.pipeline.job.JobDefinition;
import io.veilflow.pipeline.job.JobFile;
import io.veilflow.pipeline.job.JobProgram;
import io.veilflow.pipeline.job.SampleJob;
import io.veilflow.pipeline.job.kind.JobParameters;
import io.veilflow.zk.key.KeyCache;
import io.veilflow.zk.key.KeyException;
import io.veilflow.zk.key.SetupOrigin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys from the command line: on one machine, and in a ceremony. */
class SetupITCase {
    private static final String BEACON = "5b".repeat(32);

    @TempDir
    Path folder;

    @Test
    @DisplayName(
            "E12: a production job takes no key of a single machine; one of a ceremony, checked again by anybody, it"
                    + " takes")
    void productionTakesKeysOfACeremonyOnly() throws IOException {
        JobDefinition job = job();
        KeyCache cache = new KeyCache(folder.resolve("keys"));
        CommandRun local = setup("local", "--cache", folder.resolve("keys").toString());
        assertEquals(ExitCode.OK, local.exitCode(), local.errors());
        assertEquals(
                SetupOrigin.UNSAFE_LOCAL,
                Environment.DEVELOPMENT.keysOf(job.rule(), cache).origin());
        KeyException unsafe = assertThrows(KeyException.class, () -> Environment.PRODUCTION.keysOf(job.rule(), cache));
        assertEquals(KeyException.Reason.UNSAFE, unsafe.reason());

        CommandRun nothing = transcript("verify");
        assertEquals(ExitCode.NEGATIVE, nothing.exitCode(), "no ceremony in the folder");
        assertEquals(List.of("state nobody has contributed"), nothing.lines());
        for (int phase = 1; phase <= 2; phase++) {
            assertEquals(ExitCode.CONFIGURATION, finish("00").exitCode(), "a beacon of one byte");
            for (int member = 0; member < 2; member++) {
                CommandRun contributed = transcript("contribute");
                assertEquals(ExitCode.OK, contributed.exitCode(), contributed.errors());
                assertTrue(
                        contributed.lines().get(0).matches("phase +" + phase),
                        contributed.lines().toString());
            }
            CommandRun finished = finish(BEACON);
            assertEquals(ExitCode.OK, finished.exitCode(), finished.errors());
        }
        CommandRun verified = transcript("verify", "--json");
        assertEquals(ExitCode.OK, verified.exitCode(), verified.errors());
        assertEquals(5, verified.lines().size(), "four contributions and the state");
        assertTrue(
                verified.lines().get(4).contains("\"state\":\"finished\""),
                verified.lines().get(4));
        assertEquals(
                SetupOrigin.CEREMONY,
                Environment.PRODUCTION.keysOf(job.rule(), cache).origin());
    }

    @Test
    @DisplayName("E12: a replaced contribution is found by whoever goes on")
    void aReplacedContributionIsRefused() throws IOException {
        job();
        assertEquals(ExitCode.OK, transcript("contribute").exitCode());
        assertEquals(ExitCode.OK, transcript("contribute").exitCode());
        Path first = folder.resolve("ceremony").resolve("phase-1-001");
        Files.write(first, Files.readAllBytes(folder.resolve("ceremony").resolve("phase-1-002")));
        for (String command : List.of("contribute", "verify")) {
            CommandRun refused = transcript(command);
            assertEquals(ExitCode.CONFIGURATION, refused.exitCode(), command);
            assertTrue(refused.errors().contains("phase-1-00"), refused.errors());
        }
        assertFalse(Files.exists(folder.resolve("ceremony").resolve("phase-1-003")));
    }

    private CommandRun transcript(String command, String... more) {
        String[] arguments = new String[2 + more.length];
        arguments[0] = "--transcript";
        arguments[1] = folder.resolve("ceremony").toString();
        System.arraycopy(more, 0, arguments, 2, more.length);
        return setup(command, arguments);
    }

    private CommandRun finish(String beacon) {
        return transcript(
                "finish", "--beacon", beacon, "--cache", folder.resolve("keys").toString());
    }

    private CommandRun setup(String command, String... more) {
        String[] arguments = new String[4 + more.length];
        arguments[0] = "setup";
        arguments[1] = command;
        arguments[2] = "--job";
        arguments[3] = folder.resolve("job.json").toString();
        System.arraycopy(more, 0, arguments, 4, more.length);
        return CommandRun.of(arguments);
    }

    /** A vote of one voter, the smallest rule that there is in a job. */
    private JobDefinition job() throws IOException {
        JobDefinition sample = SampleJob.definition();
        EnrolledContributor first = sample.contributors().get(0);
        EnrolledContributor second = sample.contributors().get(1);
        JobDefinition job = new JobDefinition(
                sample.name(),
                sample.profile(),
                Environment.PRODUCTION,
                new JobProgram("vote", JobParameters.none().with("quorumBps", 1).with("majorityBps", 5_000)),
                List.of(
                        new EnrolledContributor(first.name(), first.publicKey(), 0, 0, 1),
                        new EnrolledContributor(second.name(), second.publicKey(), 1, 0, 1)),
                sample.parties(),
                sample.group(),
                sample.feeder(),
                sample.windows(),
                sample.chain(),
                sample.keyDigest(),
                sample.basisDigest());
        Files.write(folder.resolve("job.json"), JobFile.bytes(job));
        return job;
    }
}
