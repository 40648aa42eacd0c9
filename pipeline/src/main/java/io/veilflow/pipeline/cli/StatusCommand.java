package io.veilflow.pipeline.cli;

import io.veilflow.pipeline.operate.PartiesOfFolder;
import io.veilflow.pipeline.operate.PartyAnswer;
import io.veilflow.pipeline.operate.StatusDocument;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code veilflow status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Ask the parties of a job's folder how they are: whether they live and are ready, what they are at, the last window,",
            "how far they are behind, and why a job holds. The folder holds one folder for each party, with its party.json.",
            "docs/operation.md says what the parties answer elsewhere."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:All parties live and are ready.",
            " 1:Some party does not, or does not answer.",
            " 2:There is no party in the folder."
        },
        footer = {
            "",
            "Examples:",
            "  ./veilflow status --folder /var/lib/veilflow",
            "  ./veilflow status --folder demo-run --json"
        })
final class StatusCommand implements Callable<Integer> {
    private static final String NOTHING = "-";
    private static final long SECOND_MILLIS = 1_000;

    @Option(names = "--folder", paramLabel = "DIR", defaultValue = ".", description = "The folder (default: this one).")
    private Path folder;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "How long to wait for each party (default: ${DEFAULT-VALUE}).")
    private int timeoutSeconds;

    @Option(names = "--json", description = "One JSON object per party.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<PartyAnswer> answers = new PartiesOfFolder(folder).ask(Duration.ofSeconds(Math.max(1, timeoutSeconds)));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            answers.forEach(answer -> JsonLines.print(out, line(answer)));
        } else {
            table(out, answers);
        }
        out.flush();
        return answers.stream().allMatch(PartyAnswer::isWell) ? ExitCode.OK : ExitCode.NEGATIVE;
    }

    private static Map<String, Object> line(PartyAnswer answer) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("party", answer.party());
        line.put("answers", answer.status().isPresent());
        line.put("silence", answer.silence().orElse(null));
        line.put("status", answer.status().orElse(null));
        return line;
    }

    private static void table(PrintWriter out, List<PartyAnswer> answers) {
        row(out, "party", "live", "ready", "stage", "unit", "last window", "lag (s)", "unposted");
        for (PartyAnswer answer : answers) {
            answer.status().ifPresentOrElse(status -> row(out, status), () -> row(out, answer.party()));
        }
        for (PartyAnswer answer : answers) {
            answer.silence().ifPresent(why -> out.println(answer.party() + " " + why));
            answer.status().ifPresent(status -> status.missing()
                    .forEach(missing -> out.println(
                            status.party() + " is not ready: " + missing.part() + ": " + missing.reason())));
        }
    }

    private static void row(PrintWriter out, StatusDocument status) {
        StatusDocument.LastWindow last = status.lastWindow();
        StatusDocument.Lag lag = status.lag();
        row(
                out,
                status.party(),
                status.live() ? "yes" : "NO",
                status.ready() ? "yes" : "NO",
                status.stage(),
                status.unit() == null ? NOTHING : status.unit(),
                last == null ? NOTHING : last.window() + " " + last.outcome(),
                lag == null ? NOTHING : Long.toString(lag.windowMillis() / SECOND_MILLIS),
                lag == null ? NOTHING : Integer.toString(lag.posts()));
    }

    private static void row(PrintWriter out, String party) {
        row(out, party, "?", "?", NOTHING, NOTHING, NOTHING, NOTHING, NOTHING);
    }

    private static void row(PrintWriter out, Object... columns) {
        out.printf("%-8s  %-4s  %-5s  %-9s  %-12s  %-14s  %-7s  %s%n", columns);
    }
}
