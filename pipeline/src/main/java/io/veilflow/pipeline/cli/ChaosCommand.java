package io.veilflow.pipeline.cli;

import io.veilflow.pipeline.chaos.Chaos;
import io.veilflow.pipeline.chaos.ChaosFailedException;
import io.veilflow.pipeline.chaos.ChaosProgress;
import io.veilflow.pipeline.chaos.ChaosRequest;
import io.veilflow.pipeline.chaos.ChaosResult;
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

/** {@code veilflow chaos}. */
@Command(
        name = "chaos",
        mixinStandardHelpOptions = true,
        description = {
            "Run the demo's processes and kill them, by a seed: parties, the chain's node, contributors and the feeder, at any",
            "time and at chosen points, all parties at once, while they come back; stop them for a while; restore an older copy",
            "of a party's state. At the end every window is held against a plain computation on the clear books, board and chain",
            "are audited. Exit code 0 only if nothing is lost, doubled or wrong (docs/chaos.md)."
        },
        footer = {
            "",
            "Examples:",
            "  ./veilflow chaos --kills 100",
            "  ./veilflow chaos --kills 5 --seed 7 --pause 0 --json"
        })
final class ChaosCommand implements Callable<Integer> {
    private static final int MOST_KILLS = 10_000;

    @Option(
            names = "--kills",
            paramLabel = "N",
            defaultValue = "100",
            description = "SIGKILLs in all (default: ${DEFAULT-VALUE}).")
    private int kills;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the data and of what is done to whom (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--slots",
            paramLabel = "N",
            defaultValue = "16",
            description = "Slots of the market (default: ${DEFAULT-VALUE}).")
    private int slots;

    @Option(
            names = "--pause",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long a stopped process stands still (default: ${DEFAULT-VALUE}).")
    private long pauseSeconds;

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
        if (kills < 1 || kills > MOST_KILLS) {
            throw new ParameterException(spec.commandLine(), "--kills: from 1 to " + MOST_KILLS);
        }
        if (pauseSeconds < 0) {
            throw new ParameterException(spec.commandLine(), "--pause: not negative");
        }
        ChaosRequest request =
                new ChaosRequest(kills, seed, slots, pauseSeconds * 1_000, Optional.ofNullable(keep), keyCache);
        try (Shown shown = new Shown(kills, spec.commandLine().getErr())) {
            ChaosResult result = new Chaos(request, shown).run();
            shown.close();
            show(result);
            return result.passed() ? ExitCode.OK : ExitCode.NEGATIVE;
        } catch (ChaosFailedException failed) {
            spec.commandLine().getErr().println(failed.getMessage());
            return ExitCode.NEGATIVE;
        }
    }

    private void show(ChaosResult result) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            JsonLines.print(out, result);
            return;
        }
        out.println("kills " + result.kills() + ", windows " + result.windows() + ": lost " + result.lost()
                + ", doubled " + result.doubled() + ", wrong " + result.wrong());
        out.println("works again after (ms): median " + result.recoveryMillis().median() + ", most "
                + result.recoveryMillis().max());
        out.println("pauses " + result.pauses() + ", older copies refused " + result.refusedCopies()
                + ", parties that held and were started again " + result.holds());
        result.findings().forEach(out::println);
        out.flush();
    }

    /** A bar on a terminal; elsewhere one line for all that was done. */
    private static final class Shown implements ChaosProgress, AutoCloseable {
        private final PrintWriter err;
        private final Optional<ProgressBar> bar;

        Shown(int kills, PrintWriter err) {
            this.err = err;
            this.bar = System.console() == null
                    ? Optional.empty()
                    : Optional.of(new ProgressBarBuilder()
                            .setTaskName("kills")
                            .setInitialMax(kills)
                            .setStyle(ProgressBarStyle.ASCII)
                            .clearDisplayOnFinish()
                            .build());
        }

        @Override
        public void preparing(String step) {
            say(step);
        }

        @Override
        public void struck(String what, int kills, long recoveryMillis) {
            bar.ifPresent(shown -> shown.stepBy(kills));
            say(what + ": works again after " + recoveryMillis + " ms");
        }

        @Override
        public void waitingForTheEnd(int windows) {
            say("the rest of " + windows + " windows");
        }

        private void say(String what) {
            bar.ifPresentOrElse(shown -> shown.setExtraMessage(what), () -> {
                err.println(what);
                err.flush();
            });
        }

        @Override
        public void close() {
            bar.ifPresent(ProgressBar::close);
        }
    }
}
