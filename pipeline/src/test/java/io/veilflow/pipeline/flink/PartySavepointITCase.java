package io.veilflow.pipeline.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.flink.EmbeddedServices;
import io.veilflow.pipeline.party.CheckedEntry;
import io.veilflow.pipeline.party.WindowOutcome;
import io.veilflow.pipeline.wire.Reason;
import java.io.DataInputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A party's Flink job on a cluster of two task managers is stopped with a savepoint, restored and rescaled while books of a window come
 * in. Its state is where it has read and which sequences it has seen; what was decided and computed is the party core's, here
 * {@link RememberingIngress}, which outlives the job.
 */
class PartySavepointITCase {
    /** Three slots are on both task managers. */
    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(2)
            .setNumberSlotsPerTaskManager(2)
            .build());

    private static final String PARTY = "savepoint";
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    private Path directory;

    private final RememberingIngress ingress = new RememberingIngress();
    private EmbeddedServices.Registration sessions;
    private EmbeddedServices.Registration outbox;
    private RecordedBoard board;

    @BeforeEach
    void begin() {
        board = new RecordedBoard(directory.resolve("board"));
        sessions = EmbeddedServices.register(PARTY + "/sessions", () -> new IngressService(ingress));
        outbox = EmbeddedServices.register(PARTY + "/outbox", () -> new OutboxService(ingress));
    }

    @AfterEach
    void end() {
        outbox.close();
        sessions.close();
    }

    @Test
    @DisplayName(
            "D11, D17: stopped with a savepoint in a window's admission, restored with fewer and with more tasks: every record"
                    + " and outcome comes once, as without a stop; of an older savepoint, and of none, the core takes nothing twice")
    void stoppedRestoredAndRescaled() throws Exception {
        JobClient first = start(3, Optional.empty());
        await(first, RecordedBoard.RECORDS);
        String early = stop(first);
        requireOnlyPublicPositions(early);
        board.goOn(1);
        JobClient second = start(2, Optional.of(early));
        await(second, RecordedBoard.RECORDS + 3);
        // and stopped wherever it stands among these
        board.goOn(2);
        String late = stop(second);
        board.end();
        finish(start(4, Optional.of(late)));
        assertEquals(
                List.of(Reason.ACCEPTED, Reason.REPLAYED, Reason.MALFORMED, Reason.REPLAYED, Reason.REPLAYED),
                reasons("bank-a"),
                "a replay is known across savepoints");
        assertEquals(List.of(Reason.ACCEPTED, Reason.ACCEPTED, Reason.ACCEPTED), reasons("bank-b"));
        assertEquals(5, ingress.log("feeder").size());
        int all = ingress.taken();
        assertEquals(all, ingress.offered(), "nothing was offered twice");
        requireEveryOutcomeOnce();

        finish(start(1, Optional.of(early)));
        assertEquals(all + all - RecordedBoard.RECORDS, ingress.offered(), "what lies behind the older savepoint");
        finish(start(3, Optional.empty()));
        assertEquals(3 * all - RecordedBoard.RECORDS, ingress.offered(), "everything");
        assertEquals(all, ingress.taken());
        requireEveryOutcomeOnce();
    }

    private JobClient start(int parallelism, Optional<String> savepoint) throws Exception {
        Configuration settings = PartyFlinkJob.settings();
        savepoint.ifPresent(path -> settings.set(StateRecoveryOptions.SAVEPOINT_PATH, path));
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(settings);
        board.job(parallelism).build(environment, PARTY);
        return environment.executeAsync();
    }

    private String stop(JobClient job) throws Exception {
        return job.stopWithSavepoint(
                        false, directory.resolve("savepoints").toUri().toString(), SavepointFormatType.CANONICAL)
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static void finish(JobClient job) throws Exception {
        job.getJobExecutionResult().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Until the core has been given so many records. */
    private void await(JobClient job, int records) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (ingress.taken() < records) {
            assertTrue(System.nanoTime() < end, () -> ingress.taken() + " records");
            assertFalse(job.getJobStatus().get().isGloballyTerminalState(), "the job has ended");
            Thread.sleep(20);
        }
    }

    /** The sink keeps nothing in Flink, and the sessions where the journal stood: what they compute is not there. */
    private static void requireOnlyPublicPositions(String savepoint) throws Exception {
        Set<String> stateful = new TreeSet<>();
        Path metadata = Path.of(URI.create(savepoint)).resolve("_metadata");
        try (DataInputStream in = new DataInputStream(Files.newInputStream(metadata))) {
            for (OperatorState state : Checkpoints.loadCheckpointMetadata(
                            in, PartySavepointITCase.class.getClassLoader(), savepoint)
                    .getOperatorStates()) {
                if (state.getStateSize() > 0) {
                    stateful.add(state.getOperatorUid().orElseThrow());
                }
            }
        }
        assertEquals(Set.of("board", "book-keeper", "sessions"), stateful);
    }

    private List<Reason> reasons(String writer) {
        return ingress.log(writer).stream().map(CheckedEntry::reason).toList();
    }

    private void requireEveryOutcomeOnce() {
        assertEquals(
                LongStream.range(0, ingress.log("feeder").size() - 1)
                        .mapToObj(WindowOutcome::proven)
                        .toList(),
                ingress.published());
    }
}
