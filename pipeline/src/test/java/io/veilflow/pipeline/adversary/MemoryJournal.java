package io.veilflow.pipeline.adversary;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.journal.Journal;
import io.veilflow.pipeline.journal.JournalEntry;
import io.veilflow.pipeline.wire.UnitKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A journal that lives as long as its party: the cases of the harness never restart one. */
final class MemoryJournal implements Journal {
    private final List<JournalEntry> entries = new ArrayList<>();

    synchronized List<JournalEntry> entries() {
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
        return entries.stream()
                .filter(entry -> entry.type() == JournalEntry.Type.ATTEMPT && entry.kind() == kind && entry.id() == id)
                .mapToInt(JournalEntry::number)
                .max()
                .orElse(0);
    }

    @Override
    public synchronized Optional<ByteString> outputs(UnitKind kind, long id) {
        return entries.stream()
                .filter(entry -> entry.type() == JournalEntry.Type.OUTPUTS && entry.kind() == kind && entry.id() == id)
                .map(JournalEntry::content)
                .findFirst();
    }

    @Override
    public void close() {}
}
