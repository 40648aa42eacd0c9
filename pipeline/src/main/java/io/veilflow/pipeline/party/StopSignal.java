package io.veilflow.pipeline.party;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a party end in good order when its process is asked to end (SIGTERM, SIGINT): what runs is parked, and the process waits until
 * links and journal are closed, but not for ever. Ended sooner, or by a signal that nobody can hear, it loses nothing either ({@code
 * docs/recovery.md}).
 */
final class StopSignal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "stop-signal");
    private boolean asked;
    private Runnable park = Thread.currentThread()::interrupt;

    /** Made by the thread that runs the party, which is interrupted as long as there is nothing to park. */
    StopSignal() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** @param parking what to do when the process is asked to end; done at once if it was asked already */
    synchronized void park(Runnable parking) {
        park = parking;
        if (asked) {
            parking.run();
        }
    }

    /** Everything is closed. */
    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            LOG.debug("the process is ending");
        }
    }

    private void stop() {
        LOG.info("asked to stop");
        synchronized (this) {
            asked = true;
            park.run();
        }
        try {
            if (!ended.await(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn(
                        "not everything was closed within {} s; it is taken up again at the next start",
                        LONGEST.toSeconds());
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
