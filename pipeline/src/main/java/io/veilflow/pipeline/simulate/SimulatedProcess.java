package io.veilflow.pipeline.simulate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** One run of one simulated process, from its start until it ends or is killed. What it holds in memory goes with it. */
final class SimulatedProcess {
    private final Schedule schedule;
    private final String name;
    private final Predicate<String> crashes;
    private final Runnable killed;
    private final Signal news;
    private final Set<SimulatedThread> threads = new LinkedHashSet<>();
    private final List<Throwable> failures = new ArrayList<>();
    private boolean alive = true;
    private long pausedUntil;

    /**
     * @param crashes asked at each {@link #operation} whether the process ends over it
     * @param killed told when it is killed
     */
    SimulatedProcess(Schedule schedule, String name, Predicate<String> crashes, Runnable killed) {
        this.killed = killed;
        this.schedule = schedule;
        this.name = name;
        this.crashes = crashes;
        this.news = new Signal(schedule);
    }

    String name() {
        return name;
    }

    /** Called when there is something new to see for the process: whoever looks again and again looks then. */
    Signal news() {
        return news;
    }

    boolean isAlive() {
        return alive;
    }

    /** Whether all its threads have come to their ends. */
    boolean isGone() {
        return threads.isEmpty();
    }

    /** @throws SimulatedCrash if the process was killed */
    void requireAlive() {
        if (!alive) {
            throw new SimulatedCrash();
        }
    }

    /**
     * Something that others or the disk will see of it.
     *
     * @throws SimulatedCrash if the process was killed, or is killed over this
     */
    void operation(String what) {
        requireAlive();
        schedule.note(name, what);
        if (crashes.test(what)) {
            kill();
            throw new SimulatedCrash();
        }
    }

    /** None of its threads goes on for so long. */
    void pause(long nanos) {
        schedule.note(name, "is paused for " + nanos / 1_000_000 + " ms");
        pausedUntil = schedule.now() + nanos;
    }

    long pausedUntil() {
        return alive ? pausedUntil : 0;
    }

    /** From now on nothing that it does has an effect; its threads end at their next step. */
    void kill() {
        if (alive) {
            alive = false;
            schedule.note(name, "is killed");
            List.copyOf(threads).forEach(schedule::wake);
            killed.run();
        }
    }

    /** Faults of its program that nobody in it has caught. */
    List<Throwable> failures() {
        return List.copyOf(failures);
    }

    void add(SimulatedThread thread) {
        threads.add(thread);
    }

    void remove(SimulatedThread thread) {
        threads.remove(thread);
    }

    void failed(Throwable fault) {
        if (alive) {
            schedule.note(name, "fails: " + fault);
            failures.add(fault);
        }
    }
}
