package io.veilflow.pipeline.party;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Waiting of the driver's thread for something that others do, until the party is stopped. */
final class Patience {
    private static final long PAUSE_MILLIS = 2;

    private final PartyClock clock;
    private final Runnable turned;
    private volatile boolean stopped;

    Patience(PartyClock clock) {
        this(clock, () -> {});
    }

    /** @param turned told whenever waiting goes round */
    Patience(PartyClock clock, Runnable turned) {
        this.clock = clock;
        this.turned = turned;
    }

    /** Every wait from now on ends at once. From any thread. */
    void stop() {
        stopped = true;
    }

    /**
     * Asked at every turn of a wait.
     *
     * @throws PartyStoppedException if so
     */
    void requireNotStopped() {
        turned.run();
        if (stopped) {
            throw new PartyStoppedException();
        }
    }

    /**
     * Asks again and again.
     *
     * @param what names in public terms what did not happen
     * @throws JobHeldException if there is no answer in time
     * @throws PartyStoppedException if the party is being stopped
     */
    <T> T await(Duration longest, String what, Supplier<Optional<T>> question) {
        Deadline deadline = new Deadline(clock, longest);
        while (true) {
            Optional<T> answer = question.get();
            if (answer.isPresent()) {
                return answer.get();
            }
            if (deadline.passed()) {
                throw new JobHeldException("gave up waiting for " + what + " after " + longest.toSeconds() + " s");
            }
            pause();
        }
    }

    /** Asks without end. */
    <T> T await(Supplier<Optional<T>> question) {
        while (true) {
            Optional<T> answer = question.get();
            if (answer.isPresent()) {
                return answer.get();
            }
            pause();
        }
    }

    void pause() {
        pause(PAUSE_MILLIS);
    }

    void pause(long millis) {
        requireNotStopped();
        try {
            clock.pause(millis);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
            throw new PartyStoppedException();
        }
    }
}
