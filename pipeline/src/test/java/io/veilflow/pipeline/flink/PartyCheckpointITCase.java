package io.veilflow.pipeline.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.flink.EmbeddedServices;
import java.nio.file.Path;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PartyCheckpointITCase {
    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    private static final long PATIENCE_MILLIS = 30_000;

    @TempDir
    private Path directory;

    private final ScriptedIngress ingress = new ScriptedIngress();

    @Test
    void checkpointsPassWhileAWindowIsComputed(@InjectMiniCluster MiniCluster cluster) throws Exception {
        RecordedBoard board = new RecordedBoard(directory.resolve("board"));
        try (EmbeddedServices.Registration sessions =
                        EmbeddedServices.register("open/sessions", () -> new IngressService(ingress));
                EmbeddedServices.Registration outbox =
                        EmbeddedServices.register("open/outbox", () -> new OutboxService(ingress))) {
            StreamExecutionEnvironment environment =
                    StreamExecutionEnvironment.getExecutionEnvironment(PartyFlinkJob.settings());
            environment.enableCheckpointing(50);
            board.job().build(environment, "open");
            JobClient running = environment.executeAsync();
            await(() -> ingress.offered().size() == RecordedBoard.RECORDS);
            await(() -> completed(cluster, running) >= 3);
            board.end();
            ingress.release();
            running.getJobExecutionResult().get();
        }
        assertEquals(RecordedBoard.OUTCOMES, ingress.published());
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (!condition.holds()) {
            assertTrue(System.currentTimeMillis() < end, "nothing happened in time");
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static long completed(MiniCluster cluster, JobClient job) throws Exception {
        return cluster.getExecutionGraph(job.getJobID())
                .get()
                .getCheckpointStatsSnapshot()
                .getCounts()
                .getNumberOfCompletedCheckpoints();
    }
}
