package io.veilflow.pipeline.journal;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.wire.UnitKind;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A journal that lives as long as its object. */
public final class MemoryJournal implements Journal {
    private final List<JournalEntry> entries = new ArrayList<>();

    public synchronized List<JournalEntry> entries() {
        return List.copyOf(entries);
    }

    @Override
    public synchronized void append(JournalEntry entry) {
        entries.add(entry);
    }

    @Override
    public synchronized long largestEpoch() {
        return entries.stream()
                .filter(entry -> entry.type() == JournalEntry.Type.EPOCH)
                .mapToLong(JournalEntry::id)
                .max()
                .orElse(0);
    }

    @Override
    public synchronized int largestAttempt(UnitKind kind, long id) {
        NavigableSet<Integer> numbers = numbers(JournalEntry.Type.ATTEMPT, kind, id);
        return numbers.isEmpty() ? 0 : numbers.last();
    }

    @Override
    public synchronized Optional<ByteString> outputs(UnitKind kind, long id) {
        return of(JournalEntry.Type.OUTPUTS, kind, id)
                .map(JournalEntry::content)
                .findFirst();
    }

    @Override
    public synchronized Optional<ByteString> content(JournalEntry.Type type, UnitKind kind, long id, int number) {
        return of(type, kind, id)
                .filter(entry -> entry.number() == number)
                .map(JournalEntry::content)
                .findFirst();
    }

    @Override
    public synchronized NavigableSet<Integer> numbers(JournalEntry.Type type, UnitKind kind, long id) {
        return of(type, kind, id).map(JournalEntry::number).collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public synchronized Optional<JournalEntry> last(JournalEntry.Type type) {
        return entries.stream().filter(entry -> entry.type() == type).reduce((before, after) -> after);
    }

    @Override
    public synchronized long count(JournalEntry.Type type) {
        return entries.stream().filter(entry -> entry.type() == type).count();
    }

    @Override
    public synchronized JournalHead head() {
        return headBehind(entries.size()).orElseThrow();
    }

    /** Without the chain of hashes of a file: a hash over the entries so far. */
    @Override
    public synchronized Optional<JournalHead> headBehind(long number) {
        if (number > entries.size()) {
            return Optional.empty();
        }
        byte[][] parts = entries.stream().limit(number).map(JournalEntry::bytes).toArray(byte[][]::new);
        return Optional.of(new JournalHead(number, ByteString.copyFrom(Hashes.sha256Fields("memory journal", parts))));
    }

    @Override
    public void close() {}

    private Stream<JournalEntry> of(JournalEntry.Type type, UnitKind kind, long id) {
        return entries.stream().filter(entry -> entry.type() == type && entry.kind() == kind && entry.id() == id);
    }
}
