package io.veilflow.pipeline.party;

import io.veilflow.pipeline.journal.JournalHead;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * What those who feed a party core see of it. No call waits. Everything that passes here is public: what stands on the
 * board goes in, what was decided comes out. Thread-safe.
 */
public interface PartyIngress {
    /**
     * The next entry of a log. An entry that was offered before is ignored, so that a source may go back and read again.
     *
     * @throws IllegalArgumentException if entries of the log are missing before it, or if it is not what was offered there
     *     before
     */
    void offer(CheckedEntry entry);

    /**
     * Sends outcomes here from now on, first all those that nobody has acknowledged. Replaces the receiver before.
     *
     * @param outcomes called on a thread of the core; returns quickly
     * @param held called once if the job holds, at once if it does already
     */
    void attach(Consumer<WindowOutcome> outcomes, Consumer<Throwable> held);

    /** Where the journal stands, for a checkpoint. */
    JournalHead journalHead();

    /**
     * A checkpoint is used that was taken when the journal stood there.
     *
     * @throws io.veilflow.pipeline.journal.JournalException if the journal is behind that, or another one. A journal that is ahead goes on
     */
    void requireJournalled(JournalHead head);

    /** No more entries follow. Completes when everything that was offered is decided, exceptionally if the job holds. */
    CompletableFuture<Void> drain();

    /**
     * The outcome has reached its end: posting it is in the core's hands. Completes when it is recorded on the chain, at
     * once for a window without result.
     */
    CompletableFuture<Void> publish(WindowOutcome outcome);
}
