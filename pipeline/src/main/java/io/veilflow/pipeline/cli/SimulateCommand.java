package io.veilflow.pipeline.cli;

import io.veilflow.pipeline.simulate.Fault;
import io.veilflow.pipeline.simulate.SeedRange;
import io.veilflow.pipeline.simulate.SimulatedRun;
import io.veilflow.pipeline.simulate.Simulation;
import io.veilflow.zk.key.KeyCache;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code veilflow simulate}. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = {
            "Run three whole party cores in this process over a simulated network, board, disk, chain and clock, with faults",
            "by a seed, and check that no window is lost, doubled or wrong (docs/simulation.md). A seed always gives the same",
            "run, however many run at once. Exit code 1 at the first seed that fails, with what was violated and the last",
            "steps."
        },
        footer = {
            "",
            "Examples:",
            "  ./veilflow simulate --seeds 1..300",
            "  ./veilflow simulate --seeds 4711..4711 --json",
            "  ./veilflow simulate --engine mpc --seeds 1..20"
        })
final class SimulateCommand implements Callable<Integer> {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,18})\\.\\.(\\d{1,18})");

    @Option(names = "--seeds", required = true, paramLabel = "A..B", description = "The first and the last seed.")
    private String seeds;

    @Option(
            names = "--engine",
            defaultValue = "ideal",
            description = {
                "What the parties compute on shares with: ${COMPLETION-CANDIDATES}; ideal is an ideal functionality, mpc the",
                "protocols and the joint proof of a party (default: ${DEFAULT-VALUE})."
            })
    private Engine engine;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "So many seeds run at once (default: as many as there are processors).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--key-cache",
            paramLabel = "DIR",
            description = "Proving keys of the engine mpc (default: ~/.veilflow/keys).")
    private Path keyCache = KeyCache.defaultDirectory();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private enum Engine {
        IDEAL,
        MPC;

        Simulation simulation(Path keyCache) {
            return switch (this) {
                case IDEAL -> new Simulation();
                case MPC -> Simulation.ofProtocols(new KeyCache(keyCache));
            };
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        if (threads < 1) {
            throw new ParameterException(spec.commandLine(), "--threads: at least 1, not " + threads);
        }
        SeedRange range = range();
        // what parties warn of is what the faults do to them
        Configurator.setLevel("io.veilflow", Level.OFF);
        Totals totals = new Totals(engine, threads);
        try (Simulation simulation = engine.simulation(keyCache)) {
            range.run(simulation, threads, totals::add);
        }
        show(totals);
        return totals.failed.isEmpty() ? ExitCode.OK : ExitCode.NEGATIVE;
    }

    private SeedRange range() {
        Matcher range = RANGE.matcher(seeds);
        if (!range.matches() || Long.parseLong(range.group(1)) > Long.parseLong(range.group(2))) {
            throw new ParameterException(spec.commandLine(), "--seeds: two numbers such as 1..300, not " + seeds);
        }
        return new SeedRange(Long.parseLong(range.group(1)), Long.parseLong(range.group(2)));
    }

    private void show(Totals totals) {
        if (totals.failed.isPresent()) {
            show(totals.fields(), totals.failed.get());
        } else {
            show(totals.fields());
        }
    }

    private void show(Map<String, Object> totals) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            JsonLines.print(out, totals);
        } else {
            totals.forEach((name, value) -> out.println(name + ": " + value));
            out.flush();
        }
    }

    private void show(Map<String, Object> totals, SimulatedRun failed) {
        totals.put("failed", failed.seed());
        totals.put("trace", failed.trace());
        if (json) {
            totals.put("violations", failed.violations());
            totals.put("last", failed.last());
            show(totals);
        } else {
            show(totals);
            PrintWriter out = spec.commandLine().getOut();
            failed.violations().forEach(violation -> out.println("violated: " + violation));
            out.println("last steps (microseconds, who, what):");
            failed.last().forEach(out::println);
            out.flush();
        }
    }

    private static final class Totals {
        private final Engine engine;
        private final int threads;
        private final long beginNanos = System.nanoTime();
        private Optional<SimulatedRun> failed = Optional.empty();
        private long seeds;
        private long windows;
        private long skipped;
        private long crashes;
        private long holds;
        private long refusals;
        private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);

        Totals(Engine engine, int threads) {
            this.engine = engine;
            this.threads = threads;
        }

        /** Whether all was right so far. */
        boolean add(SimulatedRun run) {
            seeds++;
            windows += run.windows();
            skipped += run.skipped();
            crashes += run.crashes();
            holds += run.holds();
            refusals += run.refusals();
            run.faults().forEach((fault, count) -> faults.merge(fault, count, Integer::sum));
            failed = Optional.of(run).filter(any -> !any.violations().isEmpty());
            return failed.isEmpty();
        }

        Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("engine", engine.toString());
            fields.put("threads", threads);
            fields.put("seeds", seeds);
            fields.put("windows", windows);
            fields.put("skipped", skipped);
            fields.put("crashes", crashes);
            fields.put("holds", holds);
            fields.put("refusals", refusals);
            fields.put("faults", faults);
            fields.put("millisPerSeed", (System.nanoTime() - beginNanos) / 1_000_000 / seeds);
            return fields;
        }
    }
}
