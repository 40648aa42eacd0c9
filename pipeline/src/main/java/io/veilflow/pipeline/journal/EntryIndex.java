package io.veilflow.pipeline.journal;

import io.veilflow.pipeline.wire.UnitKind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;

/** Where in a journal the first entry of each type, unit and number stands, and the last of each type. Not thread-safe. */
final class EntryIndex {
    private final Map<About, NavigableMap<Integer, Place>> first = new HashMap<>();
    private final Map<JournalEntry.Type, Place> last = new EnumMap<>(JournalEntry.Type.class);
    private final Map<JournalEntry.Type, Long> counts = new EnumMap<>(JournalEntry.Type.class);

    private record About(JournalEntry.Type type, UnitKind kind, long id) {}

    /**
     * An entry in the file.
     *
     * @param offset of its sealed bytes
     * @param length of them
     * @param headBefore 32 bytes, not copied
     */
    record Place(long offset, int length, byte[] headBefore) {}

    void add(JournalEntry entry, Place place) {
        last.put(entry.type(), place);
        counts.merge(entry.type(), 1L, Long::sum);
        if (entry.type() != JournalEntry.Type.EPOCH) {
            first.computeIfAbsent(new About(entry.type(), entry.kind(), entry.id()), about -> new TreeMap<>())
                    .putIfAbsent(entry.number(), place);
        }
    }

    Optional<Place> first(JournalEntry.Type type, UnitKind kind, long id, int number) {
        return Optional.ofNullable(of(type, kind, id).get(number));
    }

    NavigableSet<Integer> numbers(JournalEntry.Type type, UnitKind kind, long id) {
        return Collections.unmodifiableNavigableSet(of(type, kind, id).navigableKeySet());
    }

    Optional<Place> last(JournalEntry.Type type) {
        return Optional.ofNullable(last.get(type));
    }

    long count(JournalEntry.Type type) {
        return counts.getOrDefault(type, 0L);
    }

    private NavigableMap<Integer, Place> of(JournalEntry.Type type, UnitKind kind, long id) {
        return first.getOrDefault(new About(type, kind, id), Collections.emptyNavigableMap());
    }
}
