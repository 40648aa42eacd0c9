package io.veilflow.pipeline.party;

import io.veilflow.pipeline.service.SigningService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The signing service of a running party, on a thread of its own beside the windows. A fault ends the service, not the party. */
final class SigningDuty implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SigningDuty.class);
    private static final long PAUSE_MILLIS = 20;

    private final SigningService service;
    private final ScheduledExecutorService thread;

    /**
     * @param service closed by this
     * @param thread ended by this
     */
    SigningDuty(SigningService service, ScheduledExecutorService thread) {
        this.service = service;
        this.thread = thread;
    }

    void start() {
        thread.scheduleWithFixedDelay(this::step, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void step() {
        try {
            service.step();
        } catch (RuntimeException fault) {
            LOG.error("the signing service ends: {}", fault.getMessage(), fault);
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
        service.close();
    }
}
