package io.veilflow.pipeline.cli;

import io.veilflow.pipeline.bench.Runs;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --runs} of a measurement. */
final class FewRuns {
    @Option(
            names = "--runs",
            paramLabel = "N",
            description =
                    "Only so many runs, after as many to warm up: a first look, slower than the figures of a full "
                            + "measurement.")
    private Integer measured;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** @param full taken if nothing was asked for */
    Runs orElse(Runs full) {
        if (measured == null) {
            return full;
        }
        if (measured < 1) {
            throw new ParameterException(command.commandLine(), "--runs: at least 1, not " + measured);
        }
        return Runs.few(measured);
    }
}
