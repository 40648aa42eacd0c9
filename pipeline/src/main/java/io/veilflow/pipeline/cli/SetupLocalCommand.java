package io.veilflow.pipeline.cli;

import io.veilflow.pipeline.demo.LongStep;
import io.veilflow.zk.key.JobKeys;
import io.veilflow.zk.rule.Rule;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code veilflow setup local}. */
@Command(
        name = "local",
        mixinStandardHelpOptions = true,
        description = {
            "Make the keys of a job's rule on this machine and keep them in the cache.",
            "They are UNSAFE: whoever runs this could forge proofs. For development only."
        },
        footer = {"", "Example:", "  ./veilflow setup local --job job.json --basis commitment-basis.bin"})
final class SetupLocalCommand implements Callable<Integer> {
    @Mixin
    private JobOptions job;

    @Mixin
    private KeyOutput output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Rule rule = job.read().rule();
        JobKeys keys = LongStep.run("setup", () -> output.cache().keysOf(rule));
        output.print(spec, keys);
        return ExitCode.OK;
    }
}
