package io.veilflow.pipeline.cli;

import io.veilflow.pipeline.config.ConfigurationException;
import io.veilflow.pipeline.demo.LongStep;
import io.veilflow.zk.key.Ceremony;
import io.veilflow.zk.key.JobKeys;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code veilflow setup finish}. */
@Command(
        name = "finish",
        mixinStandardHelpOptions = true,
        description = "End the open phase of a ceremony with a public beacon: the first time phase 2 begins, "
                + "the second time the keys are made and kept in the cache. Everybody who runs this on the "
                + "same transcript gets the same keys.",
        footer = {
            "",
            "Example:",
            "  ./veilflow setup finish --job job.json --transcript ceremony --beacon 00000000000000000002a7c4... \\",
            "      --basis commitment-basis.bin",
            "A beacon is 32 to 64 bytes that nobody could know at the last contribution: the hash of a later block,"
                    + " say."
        })
final class SetupFinishCommand implements Callable<Integer> {
    private static final int BEACON_BYTES_MIN = 32;
    private static final int BEACON_BYTES_MAX = 64;

    @Mixin
    private CeremonyOptions options;

    @Mixin
    private KeyOutput output;

    @Option(names = "--beacon", required = true, paramLabel = "HEX", description = "The beacon, in hexadecimal.")
    private String beacon;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        byte[] bytes = bytes();
        Ceremony ceremony = options.ceremony();
        Optional<JobKeys> keys = LongStep.run("phase", () -> ceremony.finish(bytes, output.cache()));
        keys.ifPresentOrElse(
                made -> output.print(spec, made), () -> output.print(spec, Map.of("state", "phase 2 open")));
        return ExitCode.OK;
    }

    private byte[] bytes() {
        String digits = beacon.startsWith("0x") ? beacon.substring(2) : beacon;
        boolean whole = digits.matches("([0-9a-fA-F]{2})*");
        if (!whole || digits.length() < 2 * BEACON_BYTES_MIN || digits.length() > 2 * BEACON_BYTES_MAX) {
            throw new ConfigurationException(
                    "--beacon",
                    List.of("expected " + BEACON_BYTES_MIN + " to " + BEACON_BYTES_MAX + " bytes in hexadecimal"));
        }
        return HexFormat.of().parseHex(digits);
    }
}
