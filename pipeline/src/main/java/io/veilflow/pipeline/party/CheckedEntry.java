package io.veilflow.pipeline.party;

import io.veilflow.pipeline.admit.CheckOutcome;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.encoding.CanonicalMessages;
import io.veilflow.pipeline.wire.BoardRecord;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.Reason;
import java.util.Objects;

/**
 * An entry of a contributor's or the feeder's log after all checks that anyone can make on the board. The bytes are kept
 * and not what was read from them, so that it travels as it lies in the log.
 *
 * @param sequence as the record gives it, 0 if it gives none that can be read
 * @param reason ACCEPTED, or why anyone refuses it
 */
public record CheckedEntry(BoardEntry entry, long sequence, Reason reason) {
    public CheckedEntry {
        Objects.requireNonNull(entry);
        Objects.requireNonNull(reason);
    }

    /** Of a contributor's record. */
    public static CheckedEntry of(CheckOutcome outcome) {
        return new CheckedEntry(outcome.entry(), outcome.sequence(), outcome.reason());
    }

    /** What the check of a contributor's record came to. */
    CheckOutcome outcome() {
        if (reason != Reason.ACCEPTED) {
            return new CheckOutcome.Refused(entry, sequence, reason);
        }
        Payload payload = payload();
        return payload.hasSubmission()
                ? new CheckOutcome.Submitted(entry, payload.getSubmission())
                : new CheckOutcome.Withdrawn(entry, sequence);
    }

    /** Of a record that was accepted. */
    Payload payload() {
        return CanonicalMessages.parse(BoardRecord.parser(), entry.record())
                .flatMap(record -> CanonicalMessages.parse(Payload.parser(), record.getPayload()))
                .orElseThrow(() -> new IllegalArgumentException(entry.place() + " was accepted and cannot be read"));
    }
}
