package io.veilflow.pipeline.party;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Waiting of the driver's thread for something that others do, until this party is to stop. */
final class Patience {
    private static final long PAUSE_MILLIS = 2;

    private final PartyClock clock;
    private final Runnable turned;
    private volatile Supplier<? extends RuntimeException> end;

    Patience(PartyClock clock) {
        this(clock, () -> {});
    }

    /** @param turned told whenever waiting goes round */
    Patience(PartyClock clock, Runnable turned) {
        this.clock = clock;
        this.turned = turned;
    }

    /** Every wait from now on ends at once with this. From any thread. */
    void end(Supplier<? extends RuntimeException> reason) {
        end = reason;
    }

    /** Asked at every turn of a wait; throws what was given to {@link #end}, if anything was. */
    void requireNotEnded() {
        turned.run();
        Supplier<? extends RuntimeException> reason = end;
        if (reason != null) {
            throw reason.get();
        }
    }

    /**
     * Asks again and again.
     *
     * @param what names in public terms what did not happen
     * @throws JobHeldException if there is no answer in time
     * @throws RuntimeException what was given to {@link #end}
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
        requireNotEnded();
        try {
            clock.pause(millis);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
            throw new PartyStoppedException();
        }
    }
}
