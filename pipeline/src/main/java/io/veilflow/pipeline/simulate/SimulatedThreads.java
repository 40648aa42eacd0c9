package io.veilflow.pipeline.simulate;

import io.veilflow.pipeline.party.PartyThreads;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/** The threads of a simulated process: all wait for the {@link Schedule}'s baton. */
final class SimulatedThreads implements PartyThreads {
    private final Schedule schedule;
    private final SimulatedProcess process;

    SimulatedThreads(Schedule schedule, SimulatedProcess process) {
        this.schedule = schedule;
        this.process = process;
    }

    @Override
    public Thread thread(String name, Runnable work) {
        return new SimulatedThread(schedule, process, name, work);
    }

    @Override
    public ExecutorService workers(String name, int threads) {
        return executor(name, threads);
    }

    @Override
    public ScheduledExecutorService timer(String name) {
        return executor(name, 1);
    }

    private SimulatedExecutor executor(String name, int threads) {
        SimulatedExecutor executor = new SimulatedExecutor(schedule, process);
        for (int k = 0; k < threads; k++) {
            thread(name + "-" + k, executor::serve).start();
        }
        return executor;
    }
}
