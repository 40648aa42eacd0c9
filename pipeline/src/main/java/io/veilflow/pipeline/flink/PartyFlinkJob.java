package io.veilflow.pipeline.flink;

import io.veilflow.mpc.flink.EmbeddedServices;
import io.veilflow.mpc.flink.ServiceLocator;
import io.veilflow.mpc.flink.SessionOperatorFactory;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.party.CheckedEntry;
import io.veilflow.pipeline.party.PartyIngress;
import io.veilflow.pipeline.party.WindowOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.FileUtils;

/**
 * The Flink job of one party (DESIGN section 6):
 *
 * <pre>
 * board source -> (by log) book keeper -> session operator around the party core -> posting sink
 *   1                 parallelism                     1                                1
 * </pre>
 *
 * State is public and small: positions in the logs, sequences and record ids. Unaligned checkpoints, so that none waits for a
 * window. The ports of the embedded cluster are closed, its files lie in the party's state folder.
 */
public final class PartyFlinkJob {
    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(10);
    private static final int RESTARTS = 3;

    private final Path boardDirectory;
    private final byte[] jobFile;
    private final byte[] basis;
    private final int parallelism;

    /**
     * @param jobFile canonical bytes
     * @param basis the job's commitment basis
     * @param parallelism of the book keeper
     */
    public PartyFlinkJob(Path boardDirectory, byte[] jobFile, byte[] basis, int parallelism) {
        this.boardDirectory = boardDirectory;
        this.jobFile = jobFile.clone();
        this.basis = basis.clone();
        this.parallelism = parallelism;
    }

    /**
     * Runs the job on an embedded cluster until the feeder has ended and everything is decided and posted.
     *
     * @param name of the party, no other job of this process has it
     * @param ingress the party core
     * @param directory for the cluster's temporary files
     * @param metrics are given Flink's own
     * @throws Exception the failure of the job, after its restarts
     */
    public void run(String name, PartyIngress ingress, Path directory, FlinkMetrics metrics) throws Exception {
        Path files = Files.createDirectories(directory);
        Configuration cluster = cluster(files);
        try (ClosedPorts ports = new ClosedPorts(files, new SecureRandom());
                FlinkMetrics.Registration reported = metrics.register(name, cluster);
                EmbeddedServices.Registration sessions =
                        EmbeddedServices.register(sessions(name), () -> new IngressService(ingress));
                EmbeddedServices.Registration outbox =
                        EmbeddedServices.register(outbox(name), () -> new OutboxService(ingress));
                StreamExecutionEnvironment environment =
                        StreamExecutionEnvironment.createLocalEnvironment(parallelism, ports.configure(cluster))) {
            build(environment, name);
            environment.execute("veilflow " + name);
        }
    }

    /** The graph. The services of this name are registered while it runs. */
    void build(StreamExecutionEnvironment environment, String name) {
        ServiceLocator<CheckedEntry, WindowOutcome> sessions = EmbeddedServices.locator(sessions(name));
        ServiceLocator<WindowOutcome, Void> outbox = EmbeddedServices.locator(outbox(name));
        BytesType<BoardEntry> entries = new BytesType<>(BoardEntry.class, BoardEntrySerializer.INSTANCE);
        BytesType<CheckedEntry> checked = new BytesType<>(CheckedEntry.class, CheckedEntrySerializer.INSTANCE);
        BytesType<WindowOutcome> outcomes = new BytesType<>(WindowOutcome.class, WindowOutcomeSerializer.INSTANCE);
        environment
                .fromSource(
                        new BoardSource(boardDirectory, jobFile), WatermarkStrategy.noWatermarks(), "board", entries)
                .uid("board")
                .setParallelism(1)
                .keyBy(BoardEntry::writer, Types.STRING)
                .process(new BookKeeper(jobFile, basis), checked)
                .name("book keeper")
                .uid("book-keeper")
                .setParallelism(parallelism)
                .transform("sessions", outcomes, new SessionOperatorFactory<>(sessions))
                .uid("sessions")
                .setParallelism(1)
                .sinkTo(new PostingSink(outbox))
                .name("posting")
                .uid("posting")
                .setParallelism(1)
                .disableChaining();
    }

    private static String sessions(String name) {
        return name + "/sessions";
    }

    private static String outbox(String name) {
        return name + "/outbox";
    }

    static Configuration settings() {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
        configuration.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
        configuration.set(CheckpointingOptions.ALIGNED_CHECKPOINT_TIMEOUT, Duration.ofSeconds(1));
        configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 3);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, RESTARTS);
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofSeconds(1));
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(16));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(32));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(32));
        return configuration;
    }

    /**
     * Checkpoints in the memory of Flink's master end at 5 MiB, a few hundred thousand submissions; so they are files. They serve a
     * restart of the job within this process: one that is started anew reads the board from its beginning.
     */
    private static Configuration cluster(Path directory) throws IOException {
        Configuration configuration = settings();
        Path checkpoints = directory.resolve("checkpoints");
        FileUtils.deleteDirectory(checkpoints.toFile());
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                Files.createDirectories(checkpoints).toUri().toString());
        configuration.set(
                CoreOptions.TMP_DIRS,
                Files.createDirectories(directory.resolve("tmp")).toString());
        return configuration;
    }
}
