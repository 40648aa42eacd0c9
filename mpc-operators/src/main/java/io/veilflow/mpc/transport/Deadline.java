package io.veilflow.mpc.transport;

import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Closes a socket unless it is closed itself in time: bounds a whole exchange, also against a peer that sends a byte now
 * and then (THREATS B8), which a socket timeout does not.
 */
final class Deadline implements AutoCloseable {
    private final Future<?> closing;

    /** With a scheduler that has stopped the socket closes at once. */
    Deadline(ScheduledExecutorService scheduler, Socket socket, Duration time) {
        closing = schedule(scheduler, socket, time);
    }

    private static Future<?> schedule(ScheduledExecutorService scheduler, Socket socket, Duration time) {
        try {
            return scheduler.schedule(() -> LinkSocket.closeQuietly(socket), time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LinkSocket.closeQuietly(socket);
            return CompletableFuture.completedFuture(null);
        }
    }

    @Override
    public void close() {
        closing.cancel(false);
    }
}
