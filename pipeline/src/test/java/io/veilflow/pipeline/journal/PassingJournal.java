package io.veilflow.pipeline.journal;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.wire.UnitKind;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Passes everything on to another journal, and lets a test look at or stop what is appended. */
public final class PassingJournal implements Journal {
    private final Journal inner;
    private final BiConsumer<Journal, JournalEntry> append;

    /** @param append in the place of {@link Journal#append} */
    public PassingJournal(Journal inner, BiConsumer<Journal, JournalEntry> append) {
        this.inner = inner;
        this.append = append;
    }

    @Override
    public void append(JournalEntry entry) {
        append.accept(inner, entry);
    }

    @Override
    public long largestEpoch() {
        return inner.largestEpoch();
    }

    @Override
    public int largestAttempt(UnitKind kind, long id) {
        return inner.largestAttempt(kind, id);
    }

    @Override
    public Optional<ByteString> outputs(UnitKind kind, long id) {
        return inner.outputs(kind, id);
    }

    @Override
    public Optional<ByteString> content(JournalEntry.Type type, UnitKind kind, long id, int number) {
        return inner.content(type, kind, id, number);
    }

    @Override
    public NavigableSet<Integer> numbers(JournalEntry.Type type, UnitKind kind, long id) {
        return inner.numbers(type, kind, id);
    }

    @Override
    public Optional<JournalEntry> last(JournalEntry.Type type) {
        return inner.last(type);
    }

    @Override
    public long count(JournalEntry.Type type) {
        return inner.count(type);
    }

    @Override
    public JournalHead head() {
        return inner.head();
    }

    @Override
    public Optional<JournalHead> headBehind(long entries) {
        return inner.headBehind(entries);
    }

    @Override
    public void close() {
        inner.close();
    }
}
