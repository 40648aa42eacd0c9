package io.veilflow.pipeline.cli;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Profile;
import io.veilflow.pipeline.bench.BenchRequest;
import io.veilflow.pipeline.bench.BenchResult;
import io.veilflow.pipeline.bench.BenchTable;
import io.veilflow.pipeline.bench.Benchmark;
import io.veilflow.pipeline.bench.MpcBench;
import io.veilflow.pipeline.bench.PartyBench;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code veilflow bench}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measure this machine.",
        subcommands = {
            BenchCommand.Mpc.class,
            BenchCommand.Party.class,
            BenchProveCommand.class,
            BenchProveCommand.Party.class
        })
final class BenchCommand {
    /** {@code veilflow bench mpc}. */
    @Command(
            name = "mpc",
            mixinStandardHelpOptions = true,
            description = "Measure the protocols between the parties: three processes on this machine over loopback "
                    + "TLS. Times are the median of several runs after warm-up, each the slowest party's; "
                    + "profile M includes the verification.",
            footer = {
                "",
                "Examples:",
                "  ./veilflow bench mpc --profile M",
                "  ./veilflow bench mpc --profile S --bench comparison64 --bench multiplyFr --json"
            })
    static final class Mpc implements Callable<Integer> {
        @Option(
                names = "--profile",
                paramLabel = "S|M",
                defaultValue = "M",
                description = "S semi-honest, M malicious with abort (default: ${DEFAULT-VALUE}).")
        private Profile profile;

        @Option(
                names = "--bench",
                paramLabel = "NAME",
                converter = BenchmarkName.class,
                completionCandidates = BenchmarkNames.class,
                description = "Only these (${COMPLETION-CANDIDATES}); may be given more than once.")
        private List<Benchmark> benchmarks = List.of();

        @Option(names = "--batch", paramLabel = "N", description = "Items of one run, instead of each one's own.")
        private Integer batch;

        @Mixin
        private FewRuns few;

        @Option(names = "--json", description = "One JSON object per measurement and line.")
        private boolean json;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() throws IOException, InterruptedException {
            if (batch != null && batch < 1) {
                throw new ParameterException(spec.commandLine(), "--batch: at least 1, not " + batch);
            }
            List<Benchmark> chosen = chosen();
            PrintWriter out = spec.commandLine().getOut();
            BenchTable table = new BenchTable(out);
            if (!json) {
                table.header(profile);
            }
            for (Benchmark benchmark : chosen) {
                BenchResult result = MpcBench.run(new BenchRequest(
                        benchmark, profile, batch == null ? benchmark.batch() : batch, few.orElse(benchmark.runs())));
                if (json) {
                    JsonLines.print(out, result);
                } else {
                    table.line(result);
                }
            }
            return ExitCode.OK;
        }

        private List<Benchmark> chosen() {
            if (benchmarks.isEmpty()) {
                return Arrays.stream(Benchmark.values())
                        .filter(benchmark -> benchmark.isIn(profile))
                        .toList();
            }
            for (Benchmark benchmark : benchmarks) {
                if (!benchmark.isIn(profile)) {
                    throw new ParameterException(
                            spec.commandLine(), "--bench " + benchmark.text() + ": not in profile " + profile);
                }
            }
            return benchmarks;
        }
    }

    /** {@code veilflow bench party}: one of the processes that {@code bench mpc} starts. */
    @Command(
            name = "party",
            hidden = true,
            mixinStandardHelpOptions = true,
            description = "One party of a measurement.",
            footer = {"", "Example: it is started by ./veilflow bench mpc, which makes the folder."})
    static final class Party implements Callable<Integer> {
        @Option(names = "--party", required = true, paramLabel = "0|1|2", description = "Which one.")
        private int party;

        @Option(names = "--folder", required = true, paramLabel = "DIR", description = "Identities and figures.")
        private Path folder;

        @Option(names = "--ports", required = true, split = ",", paramLabel = "PORT", description = "Of the three.")
        private List<Integer> ports;

        @Option(names = "--profile", required = true, paramLabel = "S|M", description = "Security profile.")
        private Profile profile;

        @Option(
                names = "--bench",
                required = true,
                paramLabel = "NAME",
                converter = BenchmarkName.class,
                description = "What to measure.")
        private Benchmark benchmark;

        @Option(names = "--batch", required = true, paramLabel = "N", description = "Items of one run.")
        private int batch;

        @Mixin
        private TakenRuns runs;

        @Override
        public Integer call() throws InterruptedException {
            PartyBench.run(new BenchRequest(benchmark, profile, batch, runs.runs()), PartyId.of(party), folder, ports);
            return ExitCode.OK;
        }
    }

    /** Reads the name of a benchmark. */
    static final class BenchmarkName implements ITypeConverter<Benchmark> {
        @Override
        public Benchmark convert(String text) {
            return Benchmark.of(text)
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + text + "' is none of " + String.join(", ", (Iterable<String>) new BenchmarkNames())));
        }
    }

    /** All names. */
    static final class BenchmarkNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Benchmark.values()).map(Benchmark::text).iterator();
        }
    }
}
