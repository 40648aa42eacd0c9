package io.veilflow.pipeline.chaos;

import io.veilflow.pipeline.local.ChildProcess;
import java.util.function.Supplier;

/** A party, a contributor or the feeder. */
final class Participant implements Target {
    private final String name;
    private final Supplier<ChildProcess> starter;
    private ChildProcess running;

    /** Starts it. */
    Participant(String name, Supplier<ChildProcess> starter) {
        this.name = name;
        this.starter = starter;
        this.running = starter.get();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ProcessHandle process() {
        return running.handle();
    }

    ChildProcess child() {
        return running;
    }

    @Override
    public void kill() {
        running.kill();
        running.handle().onExit().join();
    }

    @Override
    public void start() {
        running.close();
        running = starter.get();
    }

    @Override
    public void close() {
        running.close();
    }
}
