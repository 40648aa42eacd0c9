package io.veilflow.pipeline.cli;

import io.veilflow.pipeline.demo.LongStep;
import io.veilflow.zk.key.Ceremony;
import java.io.PrintWriter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code veilflow setup verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Check a ceremony's whole transcript: every contribution against the one before it, both "
                + "beacons, and, of a finished one, the keys again. Prints the contributions and, if there "
                + "is one, the key's digest. Exit code 1 if there is no contribution yet.",
        footer = {"", "Example:", "  ./veilflow setup verify --job job.json --transcript ceremony"})
final class SetupVerifyCommand implements Callable<Integer> {
    @Mixin
    private CeremonyOptions options;

    @Option(names = "--json", description = "One JSON object per contribution, then one for the state.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Ceremony.Transcript transcript =
                LongStep.run("verification", () -> options.ceremony().verify());
        PrintWriter out = spec.commandLine().getOut();
        for (Ceremony.Contribution contribution : transcript.contributions()) {
            Map<String, Object> shown = CeremonyOptions.shown(contribution);
            if (json) {
                JsonLines.print(out, shown);
            } else {
                out.printf(
                        "phase %s, contribution %s: %s%n",
                        shown.get("phase"), shown.get("contribution"), shown.get("digest"));
            }
        }
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("state", state(transcript));
        transcript.key().ifPresent(key -> state.put("keyDigest", HexFormat.of().formatHex(key.digest())));
        if (json) {
            JsonLines.print(out, state);
        } else {
            state.forEach((key, value) -> out.println(key + " " + value));
            out.flush();
        }
        return transcript.contributions().isEmpty() ? ExitCode.NEGATIVE : ExitCode.OK;
    }

    private static String state(Ceremony.Transcript transcript) {
        if (transcript.key().isPresent()) {
            return "finished";
        }
        if (transcript.contributions().isEmpty()) {
            return "nobody has contributed";
        }
        return transcript.firstPhaseEnded() ? "phase 2 open" : "phase 1 open";
    }
}
