package io.veilflow.pipeline.cli;

import io.veilflow.pipeline.load.Load;
import io.veilflow.pipeline.load.LoadFailedException;
import io.veilflow.pipeline.load.LoadProgress;
import io.veilflow.pipeline.load.LoadRequest;
import io.veilflow.pipeline.load.LoadResult;
import io.veilflow.zk.key.KeyCache;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code veilflow load}. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = {
            "Put a job of small books under load on this machine: three parties as processes, submissions that were signed before",
            "the clock starts at a fixed rate, and beside them a contributor that is slow, one that is silent, one that floods",
            "and one that sends megabytes. Exit code 0 only if every submission was admitted by a sealed batch or rejected by name",
            "(docs/bench.md, section Load)."
        },
        footer = {
            "",
            "Examples:",
            "  ./veilflow load --rate 250 --duration 3600",
            "  ./veilflow load --rate 50 --duration 60 --contributors 100 --json"
        })
final class LoadCommand implements Callable<Integer> {
    private static final int MOST = 100_000;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "250",
            description = "Submissions a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--duration",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "How long (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--contributors",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Contributors, one slot each (default: ${DEFAULT-VALUE}).")
    private int contributors;

    @Option(
            names = "--window",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "From one tick to the next (default: ${DEFAULT-VALUE}).")
    private int windowSeconds;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the amounts (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description = "State of parties, board and chain stays there to look at.")
    private Path keep;

    @Option(names = "--key-cache", paramLabel = "DIR", description = "Proving keys (default: ~/.veilflow/keys).")
    private Path keyCache = KeyCache.defaultDirectory();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireWithin("--rate", rate, 1);
        requireWithin("--duration", seconds, 1);
        requireWithin("--window", windowSeconds, 1);
        requireWithin("--contributors", contributors, LoadRequest.FEWEST_CONTRIBUTORS);
        LoadRequest request =
                new LoadRequest(rate, seconds, contributors, windowSeconds, seed, Optional.ofNullable(keep), keyCache);
        LoadResult result;
        try (Shown shown = new Shown(request, spec.commandLine().getErr())) {
            result = new Load(request, shown).run();
        } catch (LoadFailedException failed) {
            spec.commandLine().getErr().println(failed.getMessage());
            return ExitCode.NEGATIVE;
        }
        show(result);
        return result.passed() ? ExitCode.OK : ExitCode.NEGATIVE;
    }

    private void requireWithin(String option, int value, int least) {
        if (value < least || value > MOST) {
            throw new ParameterException(spec.commandLine(), option + ": from " + least + " to " + MOST);
        }
    }

    private void show(LoadResult result) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            JsonLines.print(out, result);
            return;
        }
        out.println("submitted " + result.submitted() + " of " + result.contributors() + " contributors in "
                + result.seconds() + " s: admitted " + result.admitted() + ", rejected " + result.rejected() + ", lost "
                + result.lost() + "; " + result.batches() + " batches, " + result.windows() + " windows");
        out.println("lag (ms): " + lag(result.lagMillis()) + "; of the badly behaved: "
                + lag(result.lagMillisOfTheOthers()) + "; the generator was late by " + result.behindMillis());
        result.processes()
                .forEach((name, used) -> out.println(
                        name + ": " + used.cpuMillis() + " ms of processor, at most " + used.peakMebibytes() + " MiB"));
        out.printf("a party uses %.2f ms of processor for a submission%n", result.partyMillisPerSubmission());
        out.flush();
    }

    private static String lag(LoadResult.LagMillis lag) {
        return "median " + lag.median() + ", 99 of 100 within " + lag.ninetyNine() + ", most " + lag.max();
    }

    /** A bar on a terminal: first what is signed, then what is submitted. */
    private static final class Shown implements LoadProgress, AutoCloseable {
        private final LoadRequest request;
        private final PrintWriter err;
        private Optional<ProgressBar> bar = Optional.empty();

        Shown(LoadRequest request, PrintWriter err) {
            this.request = request;
            this.err = err;
        }

        @Override
        public void preparing(String step) {
            err.println(step);
            err.flush();
        }

        @Override
        public void signed(int seconds) {
            bar("signing", request.seconds()).ifPresent(shown -> shown.stepTo(seconds));
            if (seconds == request.seconds()) {
                close();
                bar = Optional.empty();
                preparing("all submissions are signed");
            }
        }

        @Override
        public void running(long submitted, long undecided) {
            bar("submitted", (long) request.rate() * request.seconds())
                    .ifPresent(shown -> shown.stepTo(submitted).setExtraMessage(undecided + " undecided"));
        }

        private Optional<ProgressBar> bar(String task, long most) {
            if (bar.isEmpty() && System.console() != null) {
                bar = Optional.of(new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(most)
                        .setStyle(ProgressBarStyle.ASCII)
                        .clearDisplayOnFinish()
                        .build());
            }
            return bar;
        }

        @Override
        public void close() {
            bar.ifPresent(ProgressBar::close);
        }
    }
}
