package io.veilflow.pipeline.cli;

import io.veilflow.pipeline.demo.LongStep;
import io.veilflow.zk.key.Ceremony;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code veilflow setup contribute}. */
@Command(
        name = "contribute",
        mixinStandardHelpOptions = true,
        description = "Check a ceremony so far and add fresh randomness of this machine to the phase that is "
                + "open; the first contribution begins the ceremony. The keys are safe if one contributor "
                + "forgets its randomness, which this command does. Keep the digest that is printed, and "
                + "look for it in the published transcript.",
        footer = {"", "Example:", "  ./veilflow setup contribute --job job.json --transcript ceremony"})
final class SetupContributeCommand implements Callable<Integer> {
    @Mixin
    private CeremonyOptions options;

    @Option(names = "--json", description = "Print the contribution as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Ceremony ceremony = options.ceremony();
        Map<String, Object> shown = CeremonyOptions.shown(LongStep.run("contribution", ceremony::contribute));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            JsonLines.print(out, shown);
        } else {
            shown.forEach((key, value) -> out.printf("%-14s %s%n", key, value));
            out.flush();
        }
        return ExitCode.OK;
    }
}
