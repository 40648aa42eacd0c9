package io.veilflow.pipeline.cli;

import io.veilflow.pipeline.bench.Runs;
import picocli.CommandLine.Option;

/** What a measurement tells the processes that it starts. */
final class TakenRuns {
    @Option(names = "--warm-ups", required = true, paramLabel = "N", description = "Runs before the measured ones.")
    private int warmUps;

    @Option(names = "--runs", required = true, paramLabel = "N", description = "Measured runs.")
    private int measured;

    Runs runs() {
        return new Runs(warmUps, measured);
    }
}
