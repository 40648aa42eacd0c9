package io.veilflow.pipeline.post;

import io.veilflow.pipeline.post.SettlementException.Reason;
import java.io.InterruptedIOException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** A few tries of a question that may be asked again: nodes and what stands before them refuse now and then. */
final class Retries {
    private static final int TRIES = 3;
    private static final long FIRST_PAUSE_MILLIS = 50;

    private Retries() {}

    /**
     * The first answer. The pauses between the tries grow and are of random length.
     *
     * @throws SettlementException the last failure; others than UNREACHABLE, and a node that answers nothing at all, at once
     */
    static <T> T run(Supplier<T> question) {
        long pause = FIRST_PAUSE_MILLIS;
        for (int left = TRIES - 1; ; left--) {
            try {
                return question.get();
            } catch (SettlementException e) {
                if (e.reason() != Reason.UNREACHABLE || e.getCause() instanceof InterruptedIOException || left == 0) {
                    throw e;
                }
            }
            pause(pause + ThreadLocalRandom.current().nextLong(pause));
            pause *= 2;
        }
    }

    /** @throws SettlementException UNREACHABLE if the thread is being stopped */
    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new SettlementException(Reason.UNREACHABLE, "stopped while waiting for the chain", stopped);
        }
    }
}
