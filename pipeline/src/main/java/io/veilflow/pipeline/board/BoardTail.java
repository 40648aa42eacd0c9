package io.veilflow.pipeline.board;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads several logs as they grow, each in its own order, in turn so that a long log does not hold up the others. Has no
 * threads and never waits: a source polls it and keeps {@link #positions} in its checkpoints. Not thread-safe.
 */
public final class BoardTail {
    private final Board board;
    private final String[] writers;
    private final Map<String, Long> positions = new LinkedHashMap<>();
    private final Map<String, BoardException> damage = new HashMap<>();
    private int turn;

    /** @param positions index of the first record wanted, by writer; also says which logs are read, in which turn */
    public BoardTail(Board board, Map<String, Long> positions) {
        this.board = board;
        this.positions.putAll(positions);
        this.writers = this.positions.keySet().toArray(new String[0]);
    }

    /** All records of these logs. */
    public static BoardTail fromStart(Board board, Set<String> writers) {
        Map<String, Long> positions = new LinkedHashMap<>();
        writers.stream().sorted().forEach(writer -> positions.put(writer, 0L));
        return new BoardTail(board, positions);
    }

    /**
     * The next record of some log, or nothing for now. A damaged log ends before its first damaged record; the others go
     * on.
     */
    public Optional<BoardEntry> poll() {
        for (int tried = 0; tried < writers.length; tried++) {
            String writer = writers[turn];
            turn = (turn + 1) % writers.length;
            Optional<BoardEntry> entry = next(writer);
            if (entry.isPresent()) {
                positions.put(writer, entry.get().index() + 1);
                return entry;
            }
        }
        return Optional.empty();
    }

    /** Index of the next record of a log. */
    public long position(String writer) {
        return positions.get(writer);
    }

    /** Index of the next record of every log. */
    public Map<String, Long> positions() {
        return new LinkedHashMap<>(positions);
    }

    /** What is wrong with the logs that ended, by writer. */
    public Map<String, BoardException> damage() {
        return Map.copyOf(damage);
    }

    private Optional<BoardEntry> next(String writer) {
        if (damage.containsKey(writer)) {
            return Optional.empty();
        }
        try {
            return board.read(writer, positions.get(writer));
        } catch (BoardException failure) {
            if (failure.reason() != BoardException.Reason.DAMAGED) {
                throw failure;
            }
            damage.put(writer, failure);
            return Optional.empty();
        }
    }
}
