package io.veilflow.mpc.transport;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Gives up what is not done in time: bounds a whole exchange, also against a peer that sends a byte now and then (THREATS
 * B8), which a socket timeout does not.
 */
final class Deadline implements AutoCloseable {
    private final Future<?> pending;

    /** @param giveUp runs after the time unless this is closed before; at once if the scheduler has stopped */
    Deadline(ScheduledExecutorService scheduler, Runnable giveUp, Duration time) {
        pending = schedule(scheduler, giveUp, time);
    }

    private static Future<?> schedule(ScheduledExecutorService scheduler, Runnable giveUp, Duration time) {
        try {
            return scheduler.schedule(giveUp, time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            giveUp.run();
            return CompletableFuture.completedFuture(null);
        }
    }

    @Override
    public void close() {
        pending.cancel(false);
    }
}
