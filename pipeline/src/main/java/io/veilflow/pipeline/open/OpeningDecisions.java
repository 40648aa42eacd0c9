package io.veilflow.pipeline.open;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * In which attempts at a window's outputs this party has been ready, and in which of those it decided to open nothing. A party that
 * was ready may have let others learn the outputs, unless it and they aborted. Thread-safe.
 */
public final class OpeningDecisions {
    private final Map<Long, Set<Integer>> ready = new HashMap<>();
    private final Map<Long, Set<Integer>> aborted = new HashMap<>();

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

    /** Whether this party was ready in an attempt and did not abort it. */
    public synchronized boolean mayHaveOpened(long window) {
        return !aborted.getOrDefault(window, Set.of()).containsAll(readyIn(window));
    }

    /** The window is over. */
    public synchronized void forget(long window) {
        ready.remove(window);
        aborted.remove(window);
    }
}
