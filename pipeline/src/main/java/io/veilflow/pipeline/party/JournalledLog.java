package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.journal.Journal;
import io.veilflow.pipeline.journal.JournalEntry;
import io.veilflow.pipeline.wire.Payload;
import java.util.NavigableSet;
import java.util.Optional;

/**
 * This party's log on the board, behind its journal: what binds the party is journalled first, then posted, and neither twice. A
 * party that was restarted takes the same steps again; what it said before stands, and saying something else is refused.
 */
final class JournalledLog {
    private final Journal journal;
    private final BoardWriter writer;
    private final OwnRecords before;

    /** @param before what stood in the log when this party was started */
    JournalledLog(Journal journal, BoardWriter writer, OwnRecords before) {
        this.journal = journal;
        this.writer = writer;
        this.before = before;
    }

    /** What the journal has kept of this. Whoever makes a thing once asks here first. */
    Optional<ByteString> journalled(JournalEntry.Type type, UnitId unit, int number) {
        return journal.content(type, unit.kind(), unit.id(), number);
    }

    /** What the journal has kept of this, under the smallest number. */
    Optional<ByteString> first(JournalEntry.Type type, UnitId unit) {
        NavigableSet<Integer> numbers = journal.numbers(type, unit.kind(), unit.id());
        return numbers.isEmpty() ? Optional.empty() : journalled(type, unit, numbers.first());
    }

    /** What was opened first for the unit. */
    Optional<ByteString> outputs(UnitId unit) {
        return journal.outputs(unit.kind(), unit.id());
    }

    /** The last entry of this type. */
    Optional<JournalEntry> last(JournalEntry.Type type) {
        return journal.last(type);
    }

    /**
     * Journals, then posts.
     *
     * @param number see {@link JournalEntry}
     * @param content what the journal keeps
     * @throws JobHeldException if the journal holds something else in this place
     */
    void post(JournalEntry.Type type, UnitId unit, int number, ByteString content, Payload payload) {
        note(type, unit, number, content);
        publish(payload);
    }

    /**
     * Journals what follows elsewhere than on the board.
     *
     * @throws JobHeldException as {@link #post}
     */
    void note(JournalEntry.Type type, UnitId unit, int number, ByteString content) {
        Optional<ByteString> said = journalled(type, unit, number);
        if (said.isEmpty()) {
            journal.append(new JournalEntry(type, unit.kind(), unit.id(), number, content));
        } else if (!said.get().equals(content)) {
            throw new JobHeldException(
                    "this party has journalled another " + type + " of " + unit + " than follows now");
        }
    }

    /** Posts what binds nobody anew: the content of a sealed manifest. */
    void publish(Payload payload) {
        if (!hasPosted(payload)) {
            writer.append(payload);
        }
    }

    /** Posts what was journalled before a restart and perhaps not posted. */
    void complete(Payload payload) {
        publish(payload);
        before.note(payload);
    }

    /** Whether the log was empty when this party was started. */
    boolean isFirstStart() {
        return before.isEmpty();
    }

    /** Whether the record stood in the log when this party was started. */
    boolean hasPosted(Payload payload) {
        return before.contains(payload);
    }

    /** See {@link OwnRecords#mayCount}. */
    boolean mayCount(String contributor, long record) {
        return before.mayCount(contributor, record);
    }
}
