package io.veilflow.pipeline.admit;

import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.wire.Decision;
import io.veilflow.pipeline.wire.Reason;
import io.veilflow.pipeline.wire.Submission;

/** What a record in a contributor's log is, as anyone can tell from the log alone. */
public sealed interface CheckOutcome {
    BoardEntry entry();

    /** From the record; 0 where it has none that can be read. */
    long sequence();

    /** ACCEPTED, or why not. */
    Reason reason();

    /** As it stands in accept lists. */
    default Decision decision() {
        return decision(reason());
    }

    /** The same with the reason of a later check. */
    default Decision decision(Reason reason) {
        return Decision.newBuilder()
                .setContributor(entry().writer())
                .setRecord(entry().index())
                .setSequence(sequence())
                .setSubmissionHash(entry().recordHash())
                .setReason(reason)
                .build();
    }

    /** A submission that the parties may try to open. */
    record Submitted(BoardEntry entry, Submission submission) implements CheckOutcome {
        @Override
        public long sequence() {
            return submission.getSequence();
        }

        @Override
        public Reason reason() {
            return Reason.ACCEPTED;
        }
    }

    /** The contributor takes its book back. */
    record Withdrawn(BoardEntry entry, long sequence) implements CheckOutcome {
        @Override
        public Reason reason() {
            return Reason.ACCEPTED;
        }
    }

    /** A record that does not count, for a reason that anyone comes to. */
    record Refused(BoardEntry entry, long sequence, Reason reason) implements CheckOutcome {}
}
