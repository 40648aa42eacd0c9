package io.veilflow.pipeline.demo;

import io.veilflow.mpc.session.Profile;
import io.veilflow.pipeline.job.kind.JobKind;
import io.veilflow.pipeline.job.kind.Scenario;
import io.veilflow.pipeline.job.kind.ScenarioRequest;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a demo run is asked for.
 *
 * @param kind of the job
 * @param windows windows to compute
 * @param slots of the largest role in generated data; real data have as many as there are records
 * @param profile security profile of the job
 * @param keep where the state stays after the run
 * @param data folder of data sets: real records instead of generated ones
 * @param keyCache directory of the proving keys
 */
public record DemoOptions(
        JobKind kind,
        int windows,
        int slots,
        Profile profile,
        Optional<Path> keep,
        Optional<Path> data,
        Path keyCache) {
    public static final String DEFAULT_JOB = "market-health";
    public static final int DEFAULT_SLOTS = 16;
    /** Of generated data: every run is the same. */
    public static final long SEED = 20_210_519;

    public Scenario scenario() {
        return kind.scenario(new ScenarioRequest(windows, slots, SEED, data));
    }
}
