package io.veilflow.mpc.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SessionOperatorClusterTest {
    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(2)
            .build());

    private static final List<Long> ELEMENTS = LongStream.range(0, 8).boxed().toList();

    @Test
    void aBoundedInputEndsWithAllItsResultsInOrder() throws Exception {
        try (EmbeddedServices.Registration registration =
                EmbeddedServices.register("bounded", () -> new SlowService(20, -1))) {
            List<String> results = new ArrayList<>();
            try (CloseableIterator<String> stream = sessions("bounded").executeAndCollect()) {
                stream.forEachRemaining(results::add);
            }
            assertEquals(ELEMENTS.stream().map(element -> "result " + element).toList(), results);
        }
    }

    @Test
    void checkpointsPassWhileAnElementIsComputed(@InjectMiniCluster MiniCluster cluster) throws Exception {
        long computing = 60_000;
        try (EmbeddedServices.Registration registration =
                EmbeddedServices.register("slow", () -> new SlowService(computing, -1))) {
            StreamExecutionEnvironment environment = environment();
            environment.enableCheckpointing(100);
            // The source stays open, so that the task is at work and not at its end when the barriers come.
            DataStream<Long> source = environment
                    .fromSequence(0, Long.MAX_VALUE - 1)
                    .filter(element -> element == 0)
                    .returns(Types.LONG);
            source.transform(
                            "sessions",
                            Types.STRING,
                            new SessionOperatorFactory<>(EmbeddedServices.<Long, String>locator("slow")))
                    .setParallelism(1)
                    .print();
            JobClient job = environment.executeAsync();
            long end = System.currentTimeMillis() + 15_000;
            long completed = 0;
            while (completed < 3 && System.currentTimeMillis() < end) {
                Thread.sleep(50);
                completed = completedCheckpoints(cluster, job.getJobID());
            }
            job.cancel().get();
            assertTrue(completed >= 3, completed + " checkpoints");
        }
    }

    private static long completedCheckpoints(MiniCluster cluster, JobID job) throws Exception {
        return cluster.getExecutionGraph(job)
                .get()
                .getCheckpointStatsSnapshot()
                .getCounts()
                .getNumberOfCompletedCheckpoints();
    }

    @Test
    void aFailureOfTheServiceFailsTheJobWithItsCause() {
        try (EmbeddedServices.Registration registration =
                EmbeddedServices.register("failing", () -> new SlowService(1, 3))) {
            DataStream<String> stream = sessions("failing");
            Exception failure = assertThrows(Exception.class, () -> {
                try (CloseableIterator<String> results = stream.executeAndCollect()) {
                    results.forEachRemaining(result -> {});
                }
            });
            assertTrue(
                    ExceptionUtils.findThrowableWithMessage(failure, "element 3 is the failing one")
                            .isPresent(),
                    failure.toString());
        }
    }

    private static DataStream<String> sessions(String service) {
        return environment()
                .fromData(ELEMENTS)
                .transform(
                        "sessions",
                        Types.STRING,
                        new SessionOperatorFactory<>(EmbeddedServices.<Long, String>locator(service)))
                .setParallelism(1);
    }

    private static StreamExecutionEnvironment environment() {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(1);
        return environment;
    }
}
