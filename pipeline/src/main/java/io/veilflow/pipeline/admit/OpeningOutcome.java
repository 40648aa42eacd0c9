package io.veilflow.pipeline.admit;

import io.veilflow.pipeline.wire.Reason;

/** What this party found in its ciphertext of a submission. */
public sealed interface OpeningOutcome {
    /** The book belongs to the receiver, who closes it. */
    record Opened(OpenedBook book) implements OpeningOutcome {}

    /**
     * @param reason NOT_DECRYPTABLE, COMPONENT_OUT_OF_RANGE or COMMITMENT_MISMATCH: nobody else can check it, so one party
     *     alone names no contributor with it
     */
    record Refused(Reason reason) implements OpeningOutcome {}
}
