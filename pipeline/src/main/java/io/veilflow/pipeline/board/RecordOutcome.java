package io.veilflow.pipeline.board;

import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.Reason;
import java.util.Optional;

/** What the bytes of an entry are. */
public sealed interface RecordOutcome {
    BoardEntry entry();

    /** The payload, if the record is one of its writer. */
    Optional<Payload> payload();

    /** The writer of the log signed this payload for this place of its log. */
    record Signed(BoardEntry entry, Payload content) implements RecordOutcome {
        @Override
        public Optional<Payload> payload() {
            return Optional.of(content);
        }
    }

    /** @param reason MALFORMED, NOT_ENROLLED or BAD_SIGNATURE: anyone comes to the same */
    record Refused(BoardEntry entry, Reason reason) implements RecordOutcome {
        @Override
        public Optional<Payload> payload() {
            return Optional.empty();
        }
    }
}
