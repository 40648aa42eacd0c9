package io.veilflow.pipeline.cli;

import io.veilflow.pipeline.config.ConfigurationException;
import io.veilflow.pipeline.demo.LongStep;
import io.veilflow.zk.key.JobKeys;
import io.veilflow.zk.key.KeyCache;
import io.veilflow.zk.rule.Rule;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code veilflow setup}. */
@Command(
        name = "setup",
        mixinStandardHelpOptions = true,
        description = {
            "Make the proving key of a job's rule on this machine and keep it in the cache. The job file's own digests"
                    + " need",
            "not be right yet: those that are printed belong there.",
            "The key is UNSAFE: whoever runs this could forge proofs. For development only."
        },
        footer = {
            "",
            "Example:",
            "  ./veilflow setup --job job.json --basis commitment-basis.bin",
            "Prints the digests that stand in the job file."
        })
final class SetupCommand implements Callable<Integer> {
    @Mixin
    private JobOptions job;

    @Option(names = "--cache", paramLabel = "DIR", description = "The cache of keys (default: ~/.veilflow/keys).")
    private Path cache = KeyCache.defaultDirectory();

    @Option(names = "--basis", paramLabel = "FILE", description = "Write the contributors' commitment basis here.")
    private Path basis;

    @Option(names = "--json", description = "Print the digests as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Rule rule = job.read().rule();
        JobKeys keys = LongStep.run("setup", () -> new KeyCache(cache).keysOf(rule));
        if (basis != null) {
            try {
                Files.write(basis, keys.basis().bytes());
            } catch (IOException e) {
                throw new ConfigurationException(basis.toString(), List.of("cannot be written: " + e.getMessage()));
            }
        }
        HexFormat hex = HexFormat.of();
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("origin", keys.origin().warning());
        shown.put("constraints", keys.circuit().constraints());
        shown.put("ruleHash", hex.formatHex(keys.rule().hash()));
        shown.put("circuitDigest", hex.formatHex(keys.circuit().circuitDigest()));
        shown.put("keyDigest", hex.formatHex(keys.verifyingKey().digest()));
        shown.put("basisDigest", hex.formatHex(keys.basis().digest()));
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
