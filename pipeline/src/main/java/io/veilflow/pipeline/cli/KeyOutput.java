package io.veilflow.pipeline.cli;

import io.veilflow.pipeline.config.ConfigurationException;
import io.veilflow.zk.key.JobKeys;
import io.veilflow.zk.key.KeyCache;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Where commands that make keys put them, and what they print of them. */
final class KeyOutput {
    @Option(names = "--cache", paramLabel = "DIR", description = "The cache of keys (default: ~/.veilflow/keys).")
    private Path cache = KeyCache.defaultDirectory();

    @Option(names = "--basis", paramLabel = "FILE", description = "Write the contributors' commitment basis here.")
    private Path basis;

    @Option(names = "--json", description = "Print the digests as JSON.")
    private boolean json;

    KeyCache cache() {
        return new KeyCache(cache);
    }

    /** Writes the basis, if asked to, and prints the digests that stand in the job file. */
    void print(CommandSpec spec, JobKeys keys) {
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
        print(spec, shown);
    }

    void print(CommandSpec spec, Map<String, Object> shown) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            JsonLines.print(out, shown);
        } else {
            shown.forEach((key, value) -> out.printf("%-14s %s%n", key, value));
            out.flush();
        }
    }
}
