package io.veilflow.pipeline.simulate;

import io.veilflow.zk.key.KeyCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Runs seeds. Several threads may run some at once: a run shares nothing with another but keys. */
public final class Simulation implements AutoCloseable {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int WINDOWS_MOST = 3;
    /** After the last fault; within it every party must come to its end. */
    private static final long PATIENCE_MILLIS = 400_000;

    private static final long WIND_DOWN_MILLIS = 3_600_000;

    private final Computation computation;
    private final List<SimulatedJob> jobs;
    private final boolean disksKeep;

    /** With an ideal functionality in the place of protocols and proofs. */
    public Simulation() {
        this(new IdealComputation(), true);
    }

    private Simulation(Computation computation, boolean disksKeep) {
        this.computation = computation;
        this.jobs = List.of(computation.job(false), computation.job(true));
        this.disksKeep = disksKeep;
    }

    /**
     * With the protocols and proofs of a party.
     *
     * @param cache has the keys of the simulated job's rule, or is given them
     */
    public static Simulation ofProtocols(KeyCache cache) {
        return new Simulation(new ProtocolComputation(cache), true);
    }

    /** What contributors, feeder and faults do in a run. */
    interface Plan {
        void lay(Script script, FaultPlan faults, SplittableRandom random);
    }

    /** A control: disks lose at a crash what they said was stored. Some seed must fail. */
    static Simulation onLyingDisks() {
        return new Simulation(new IdealComputation(), false);
    }

    /** Everything that happens follows from the seed. */
    public SimulatedRun run(long seed) {
        return run(seed, (script, faults, random) -> {
            script.plan(random.nextInt(1, WINDOWS_MOST + 1));
            faults.plan();
        });
    }

    /** With a plan in which the seed decides less. */
    SimulatedRun run(long seed, Plan plan) {
        Path directory = temporary();
        try {
            return run(seed, plan, directory);
        } finally {
            delete(directory);
        }
    }

    private SimulatedRun run(long seed, Plan plan, Path directory) {
        SplittableRandom random = new SplittableRandom(seed);
        SimulatedJob job = jobs.get(random.nextInt(jobs.size()));
        SimulatedWorld world = new SimulatedWorld(job, computation, random.split(), directory, disksKeep);
        Script script = new Script(world, random.split());
        FaultPlan faults = new FaultPlan(world, random.split());
        plan.lay(script, faults, random);
        world.chain().start();
        world.parties().forEach(SimulatedParty::start);
        Schedule schedule = world.schedule();
        boolean ended = schedule.run(
                (FaultPlan.OVER_MILLIS + PATIENCE_MILLIS) * NANOS_PER_MILLI,
                () -> script.hasEnded() && world.parties().stream().allMatch(SimulatedParty::isOver));
        if (!ended) {
            world.violations().add("no progress: a party has not come to its end in time");
        }
        Judge judge = new Judge(world, script);
        judge.judge();
        long millis = schedule.now() / NANOS_PER_MILLI;
        world.parties().forEach(SimulatedParty::stop);
        schedule.run(schedule.now() + WIND_DOWN_MILLIS * NANOS_PER_MILLI, () -> world.parties().stream()
                .allMatch(party -> party.process().isGone()));
        return new SimulatedRun(
                seed,
                judge.proven(),
                judge.skipped(),
                world.parties().stream().mapToInt(SimulatedParty::crashes).sum(),
                world.parties().stream().mapToInt(SimulatedParty::holds).sum(),
                world.parties().stream().mapToInt(SimulatedParty::refusals).sum(),
                faults.planned(),
                world.violations().found(),
                millis,
                schedule.trace().hash(),
                schedule.trace().last());
    }

    @Override
    public void close() {
        computation.close();
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("veilflow-simulation");
        } catch (IOException failed) {
            throw new UncheckedIOException("no temporary folder", failed);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("the temporary folder " + directory + " cannot be removed", failed);
        }
    }
}
