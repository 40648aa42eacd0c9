package io.veilflow.pipeline.cli;

import io.veilflow.pipeline.simulate.Fault;
import io.veilflow.pipeline.simulate.SimulatedRun;
import io.veilflow.pipeline.simulate.Simulation;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
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
            "run. Exit code 1 at the first seed that fails, with what was violated and the last steps."
        },
        footer = {
            "",
            "Examples:",
            "  ./veilflow simulate --seeds 1..300",
            "  ./veilflow simulate --seeds 4711..4711 --json"
        })
final class SimulateCommand implements Callable<Integer> {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,18})\\.\\.(\\d{1,18})");

    @Option(names = "--seeds", required = true, paramLabel = "A..B", description = "The first and the last seed.")
    private String seeds;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Matcher range = RANGE.matcher(seeds);
        if (!range.matches() || Long.parseLong(range.group(1)) > Long.parseLong(range.group(2))) {
            throw new ParameterException(spec.commandLine(), "--seeds: two numbers such as 1..300, not " + seeds);
        }
        // what parties warn of is what the faults do to them
        Configurator.setLevel("io.veilflow", Level.OFF);
        long first = Long.parseLong(range.group(1));
        long last = Long.parseLong(range.group(2));
        Simulation simulation = new Simulation();
        Totals totals = new Totals();
        long begin = System.nanoTime();
        for (long seed = first; seed <= last; seed++) {
            SimulatedRun run = simulation.run(seed);
            totals.add(run);
            if (!run.violations().isEmpty()) {
                show(totals.fields(begin), run);
                return ExitCode.NEGATIVE;
            }
        }
        show(totals.fields(begin));
        return ExitCode.OK;
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
        private long seeds;
        private long windows;
        private long skipped;
        private long crashes;
        private long holds;
        private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);

        void add(SimulatedRun run) {
            seeds++;
            windows += run.windows();
            skipped += run.skipped();
            crashes += run.crashes();
            holds += run.holds();
            run.faults().forEach((fault, count) -> faults.merge(fault, count, Integer::sum));
        }

        Map<String, Object> fields(long beginNanos) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("seeds", seeds);
            fields.put("windows", windows);
            fields.put("skipped", skipped);
            fields.put("crashes", crashes);
            fields.put("holds", holds);
            fields.put("faults", faults);
            fields.put("millisPerSeed", (System.nanoTime() - beginNanos) / 1_000_000 / seeds);
            return fields;
        }
    }
}
