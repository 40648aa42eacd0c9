package io.veilflow.mpc.flink;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Something that computes on threads of its own, as {@link SessionOperator} sees it. No call but {@link #close} waits. What
 * was submitted and not finished when it was closed is the service's to remember: the operator keeps no state.
 *
 * @param <I> elements, public
 * @param <O> results, public
 */
public interface WindowService<I, O> extends AutoCloseable {
    /**
     * Called once and first.
     *
     * @param results takes results from any thread, in the order in which they are to be emitted
     * @param failure takes the cause when the service can no longer go on; the task fails with it
     */
    void attach(Consumer<O> results, Consumer<Throwable> failure);

    /**
     * Takes an element.
     *
     * @return completes when every result that had to come before later watermarks has been handed out; exceptionally if
     *     the task has to fail
     */
    CompletionStage<Void> submit(I element);

    /**
     * No more elements follow.
     *
     * @return completes when everything that was submitted is decided and all results have been handed out; exceptionally
     *     if the task has to fail
     */
    CompletionStage<Void> drain();

    /**
     * Where the service's own memory stands: goes into every checkpoint, so that a checkpoint is never used with an older memory. Public;
     * empty if it has none.
     */
    default byte[] position() {
        return new byte[0];
    }

    /**
     * The position in the checkpoint from which the task goes on, perhaps an old one. A memory that is ahead of it wins.
     *
     * @throws RuntimeException if the service's memory is behind it, or another one; the task fails with it
     */
    default void restored(byte[] position) {}

    /** Stops and joins the threads that this handle started. May be called while submissions are open. */
    @Override
    void close() throws Exception;
}
