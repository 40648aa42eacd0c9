package io.veilflow.pipeline.party;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Something that a running party does again and again, on a thread of its own beside the windows. A fault ends it, not the party. */
final class SideDuty implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SideDuty.class);
    private static final long PAUSE_MILLIS = 20;

    private final String name;
    private final Runnable step;
    private final Runnable end;
    private final long pauseMillis;
    private final ScheduledExecutorService thread;

    /**
     * @param name of the thread
     * @param end after the last step
     */
    SideDuty(String name, Runnable step, Runnable end, PartyThreads threads) {
        this(name, step, end, PAUSE_MILLIS, threads);
    }

    /** @param pauseMillis between two steps */
    SideDuty(String name, Runnable step, Runnable end, long pauseMillis, PartyThreads threads) {
        this.pauseMillis = pauseMillis;
        this.name = name;
        this.step = step;
        this.end = end;
        this.thread = threads.timer(name);
    }

    void start() {
        thread.scheduleWithFixedDelay(this::step, 0, pauseMillis, TimeUnit.MILLISECONDS);
    }

    private void step() {
        try {
            step.run();
        } catch (RuntimeException fault) {
            LOG.error("{} ends: {}", name, fault.getMessage(), fault);
            throw fault;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            thread.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
        end.run();
    }
}
