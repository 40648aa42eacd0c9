package io.veilflow.pipeline.journal;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.wire.UnitKind;
import java.util.NavigableSet;
import java.util.Optional;

/** This party's append-only record. Thread-safe: records of several threads stand one after the other. */
public interface Journal extends AutoCloseable {
    /**
     * Returns only when the entry is safely stored.
     *
     * @throws JournalException if it could not be stored; nothing that depends on it may be sent, and the journal takes no
     *     further entry
     */
    void append(JournalEntry entry);

    /** The largest epoch ever recorded, 0 if none. */
    long largestEpoch();

    /** The largest attempt ever recorded for the unit, 0 if none. */
    int largestAttempt(UnitKind kind, long id);

    /** The outputs that were opened first for the unit, in whatever attempt. */
    Optional<ByteString> outputs(UnitKind kind, long id);

    /** What was recorded first of this type for the unit and number. */
    Optional<ByteString> content(JournalEntry.Type type, UnitKind kind, long id, int number);

    /** The numbers for which something of this type is recorded about the unit. */
    NavigableSet<Integer> numbers(JournalEntry.Type type, UnitKind kind, long id);

    /** The last entry of this type. */
    Optional<JournalEntry> last(JournalEntry.Type type);

    /** How many entries of this type there are. */
    long count(JournalEntry.Type type);

    /** Where it stands now. */
    JournalHead head();

    /** Where it stood behind so many entries; empty if it has fewer. */
    Optional<JournalHead> headBehind(long entries);

    @Override
    void close();
}
