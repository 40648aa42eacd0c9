package io.veilflow.pipeline.simulate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Consecutive seeds.
 *
 * @param last inclusive
 */
public record SeedRange(long first, long last) {
    private static final long LAST_SEEDS_SECONDS = 600;

    public SeedRange {
        if (first > last) {
            throw new IllegalArgumentException("no seeds from " + first + " to " + last);
        }
    }

    /**
     * Runs them, so many at once, and tells of each in its order.
     *
     * @param goesOn told what a seed came to; says whether another one is asked for
     */
    public void run(Simulation simulation, int atOnce, Predicate<SimulatedRun> goesOn) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        try {
            Deque<Future<SimulatedRun>> running = new ArrayDeque<>();
            long next = first;
            do {
                while (next <= last && running.size() < atOnce) {
                    long seed = next++;
                    running.add(threads.submit(() -> simulation.run(seed)));
                }
            } while (goesOn.test(running.remove().get()) && (next <= last || !running.isEmpty()));
        } catch (ExecutionException failed) {
            throw new IllegalStateException("the simulator itself failed", failed.getCause());
        } finally {
            threads.shutdown();
            threads.awaitTermination(LAST_SEEDS_SECONDS, TimeUnit.SECONDS);
        }
    }
}
