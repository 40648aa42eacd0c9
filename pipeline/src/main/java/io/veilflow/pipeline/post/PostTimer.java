package io.veilflow.pipeline.post;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs the poster's work later, one piece after the other on one thread. A simulator puts its own time behind it. */
@FunctionalInterface
public interface PostTimer {
    void schedule(Runnable work, Duration delay);

    /** @param executor one thread, used by nobody who would mind waiting for the chain; the caller ends it */
    static PostTimer on(ScheduledExecutorService executor) {
        return (work, delay) -> executor.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
}
