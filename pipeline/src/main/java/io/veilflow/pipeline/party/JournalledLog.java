package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.journal.Journal;
import io.veilflow.pipeline.journal.JournalEntry;
import io.veilflow.pipeline.wire.Payload;

/** This party's log on the board, behind its journal: what binds the party is journalled first, then posted. */
final class JournalledLog {
    private final Journal journal;
    private final BoardWriter writer;

    JournalledLog(Journal journal, BoardWriter writer) {
        this.journal = journal;
        this.writer = writer;
    }

    /**
     * Journals, then posts.
     *
     * @param number round or attempt
     * @param content what the journal keeps
     */
    void post(JournalEntry.Type type, UnitId unit, int number, ByteString content, Payload payload) {
        journal.append(new JournalEntry(type, unit.kind(), unit.id(), number, content));
        writer.append(payload);
    }

    /** Journals what follows elsewhere than on the board. */
    void note(JournalEntry.Type type, UnitId unit, ByteString content) {
        journal.append(new JournalEntry(type, unit.kind(), unit.id(), 0, content));
    }

    /** Posts what binds nobody anew: the content of a sealed manifest. */
    void publish(Payload payload) {
        writer.append(payload);
    }
}
