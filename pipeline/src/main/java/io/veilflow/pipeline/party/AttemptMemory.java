package io.veilflow.pipeline.party;

import java.util.Optional;

/**
 * What this party has journalled of an attempt at a batch that ended well: after a restart it needs no other attempt.
 *
 * @param <R> result of the attempt
 */
interface AttemptMemory<R extends AttemptResult> {
    /** What was kept, in whatever attempt. */
    Optional<R> recall();

    /** Returns when it is stored; nobody is told before that the attempt ended well. */
    void keep(R result, int attempt);

    /**
     * What the others say came of it. Asked when P0 has committed and nothing is kept here: the journal is an older copy, or built again.
     *
     * @throws JobHeldException if that cannot be learned from them
     */
    R learn();
}
