package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.admit.BookStore;
import io.veilflow.pipeline.admit.CheckOutcome;
import io.veilflow.pipeline.admit.ComponentForwarding;
import io.veilflow.pipeline.admit.OpeningOutcome;
import io.veilflow.pipeline.admit.SubmissionOpener;
import io.veilflow.pipeline.wire.Reason;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Opens submissions on threads of its own while the driver is busy with something else. Opened books go to the store at
 * once; only the reason comes back. Thread-safe.
 */
final class Openings implements AutoCloseable {
    private final SubmissionOpener opener;
    private final BookStore books;
    private final ExecutorService workers;
    private final Map<ByteString, Future<Reason>> started = new ConcurrentHashMap<>();

    /** @param workers ended by this */
    Openings(SubmissionOpener opener, BookStore books, ExecutorService workers) {
        this.opener = opener;
        this.books = books;
        this.workers = workers;
    }

    /** Returns at once. */
    void start(CheckOutcome.Submitted submitted) {
        started.computeIfAbsent(submitted.entry().recordHash(), hash -> workers.submit(() -> open(submitted)));
    }

    /** What this party says of a submission that was started: ACCEPTED or a reason that only it can check. Waits. */
    Reason reason(CheckOutcome.Submitted submitted) {
        return await(submitted.entry().recordHash())
                .orElseThrow(() -> new IllegalStateException(submitted.entry().place() + " was not opened"));
    }

    /** What this party says of a submission, once it has looked; empty if its opening was not started. */
    Optional<Reason> await(ByteString submissionHash) {
        Future<Reason> opening = started.get(submissionHash);
        return opening == null ? Optional.empty() : Optional.of(await(opening));
    }

    private static Reason await(Future<Reason> opening) {
        try {
            return opening.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new JobHeldException("the party is being stopped", stopped);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("the opening of a submission failed", failed.getCause());
        }
    }

    void forget(ByteString submissionHash) {
        started.remove(submissionHash);
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }

    /** The same with components that the other holders forwarded. Used by the driver's thread; waits for nobody. */
    Reason openForwarded(CheckOutcome.Submitted submitted, ComponentForwarding.Forwarded forwarded) {
        return keep(opener.openForwarded(submitted, forwarded));
    }

    private Reason open(CheckOutcome.Submitted submitted) {
        return keep(opener.open(submitted));
    }

    private Reason keep(OpeningOutcome outcome) {
        if (outcome instanceof OpeningOutcome.Refused refused) {
            return refused.reason();
        }
        books.add(((OpeningOutcome.Opened) outcome).book());
        return Reason.ACCEPTED;
    }
}
