package io.veilflow.pipeline.party;

import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.journal.Journal;
import io.veilflow.pipeline.journal.JournalEntry;
import io.veilflow.pipeline.journal.JournalException;
import io.veilflow.pipeline.journal.JournalHead;
import io.veilflow.pipeline.wire.Payload;
import java.util.Optional;

/**
 * Whether a party's journal is as new as its own log on the board: whatever binds a party is journalled before it is posted, so a
 * record without its entry shows a journal that was lost, or put back from an older copy (THREATS D3, D9).
 */
final class JournalCheck {
    private final Journal journal;
    private final String writer;
    private long index;

    private JournalCheck(Journal journal, String writer) {
        this.journal = journal;
        this.writer = writer;
    }

    /** @throws JournalException naming the first record that the journal does not know */
    static void requireAsNew(RecordVerifier verifier, Journal journal, Board board, String writer) {
        JournalCheck check = new JournalCheck(journal, writer);
        OwnRecords.forEach(verifier, board, writer, check::check);
    }

    /**
     * A journal ahead of a checkpoint of Flink wins: the checkpoint is only where reading goes on, and what is offered again is known.
     *
     * @throws JournalException if the journal is behind the checkpoint, or another one
     */
    static void requireReached(Journal journal, JournalHead checkpointed) {
        Optional<JournalHead> there = journal.headBehind(checkpointed.entries());
        if (there.isEmpty()) {
            throw new JournalException("the checkpoint was taken when the journal had " + checkpointed.entries()
                    + " entries, and it has " + journal.head().entries()
                    + ": it is an older copy. Put back the newest state folder");
        }
        if (!there.get().equals(checkpointed)) {
            throw new JournalException("the checkpoint was taken with another journal than this one");
        }
    }

    private void check(Payload payload) {
        BindingRecord.entry(payload).ifPresent(this::require);
        index++;
    }

    private void require(JournalEntry entry) {
        if (journal.content(entry.type(), entry.kind(), entry.id(), entry.number())
                .isEmpty()) {
            throw new JournalException(
                    "the journal is older than what " + writer + " has posted: it knows nothing of " + entry.type()
                            + " of " + entry.kind() + " " + entry.id() + ", record " + index
                            + " of its log. An older copy of the state folder must not be used: put back the newest one,"
                            + " or if the machine is lost do what docs/recovery.md says");
        }
    }
}
