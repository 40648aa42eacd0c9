package io.veilflow.pipeline.open;

import io.veilflow.pipeline.journal.Journal;
import io.veilflow.pipeline.journal.JournalEntry;
import io.veilflow.pipeline.wire.UnitKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * In which attempts at a window's outputs this party has been ready, and in which of those it decided to open nothing. A party that
 * was ready may have let others learn the outputs, unless it and they aborted. Thread-safe.
 */
public final class OpeningDecisions {
    private final Map<Long, Set<Integer>> ready = new HashMap<>();
    private final Map<Long, Set<Integer>> aborted = new HashMap<>();

    /** Takes up what a party journalled about a window before it was restarted. */
    synchronized void recall(Journal journal, long window) {
        Set<Integer> wasReady = journal.numbers(JournalEntry.Type.OUTPUT_READY, UnitKind.WINDOW, window);
        Set<Integer> hasAborted = journal.numbers(JournalEntry.Type.OUTPUT_ABORT, UnitKind.WINDOW, window);
        wasReady.forEach(attempt -> ready(window, attempt));
        hasAborted.forEach(attempt -> aborted(window, attempt));
    }

    synchronized void ready(long window, int attempt) {
        ready.computeIfAbsent(window, first -> new HashSet<>()).add(attempt);
    }

    synchronized void aborted(long window, int attempt) {
        aborted.computeIfAbsent(window, first -> new HashSet<>()).add(attempt);
    }

    /** Attempts in which this party was ready. */
    public synchronized Set<Integer> readyIn(long window) {
        return Set.copyOf(ready.getOrDefault(window, Set.of()));
    }

    /** Attempts in which this party was ready and did not abort. */
    synchronized Set<Integer> undecidedIn(long window) {
        Set<Integer> attempts = new TreeSet<>(readyIn(window));
        attempts.removeAll(aborted.getOrDefault(window, Set.of()));
        return attempts;
    }

    /** Whether this party was ready in an attempt and did not abort it. */
    public synchronized boolean mayHaveOpened(long window) {
        return !undecidedIn(window).isEmpty();
    }

    /** The window is over. */
    public synchronized void forget(long window) {
        ready.remove(window);
        aborted.remove(window);
    }
}
