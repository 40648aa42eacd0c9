package io.veilflow.pipeline.flink;

import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.BoardException;
import io.veilflow.pipeline.board.BoardTail;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.wire.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the logs in turn; when there is nothing new it looks again after a pause, without holding up the task. A look goes through
 * every log, so with thousands of them it takes milliseconds: the pause is many times as long as the look was.
 */
final class BoardReader implements SourceReader<BoardEntry, LogSplit> {
    private static final Logger LOG = LoggerFactory.getLogger(BoardReader.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);
    /** So much longer than the look before it; looking costs 2 of 100 of a core at most, but for the longest pause. */
    private static final int PAUSE_FACTOR = 50;

    private final Board board;
    private final RecordVerifier verifier;
    private final String feeder;
    private final Map<String, Long> stops = new TreeMap<>();
    private final Set<String> damaged = new TreeSet<>();
    private BoardTail tail;
    private boolean assigned;
    private Duration pause = SHORTEST_PAUSE;

    BoardReader(Board board, RecordVerifier verifier, String feeder, SourceReaderContext context) {
        if (context.currentParallelism() != 1) {
            throw new IllegalArgumentException(
                    "the board source has parallelism 1, not " + context.currentParallelism());
        }
        this.board = board;
        this.verifier = verifier;
        this.feeder = feeder;
        this.tail = new BoardTail(board, Map.of());
    }

    @Override
    public void start() {
        // splits come by themselves
    }

    @Override
    public InputStatus pollNext(ReaderOutput<BoardEntry> output) {
        long begin = System.nanoTime();
        Optional<BoardEntry> next = tail.poll();
        reportDamage();
        if (next.isEmpty()) {
            pause = pauseAfter(Duration.ofNanos(System.nanoTime() - begin));
            return ended() ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
        }
        BoardEntry entry = next.get();
        output.collect(entry);
        if (entry.writer().equals(feeder) && isEnd(entry)) {
            stops.replaceAll((writer, open) -> board.size(writer));
        }
        return InputStatus.MORE_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return CompletableFuture.runAsync(
                () -> {}, CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** @param look through all logs, without finding anything */
    static Duration pauseAfter(Duration look) {
        Duration pause = look.multipliedBy(PAUSE_FACTOR);
        if (pause.compareTo(SHORTEST_PAUSE) < 0) {
            return SHORTEST_PAUSE;
        }
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    @Override
    public List<LogSplit> snapshotState(long checkpoint) {
        List<LogSplit> splits = new ArrayList<>();
        tail.positions().forEach((writer, next) -> splits.add(new LogSplit(writer, next, stops.get(writer))));
        return splits;
    }

    @Override
    public void addSplits(List<LogSplit> splits) {
        Map<String, Long> positions = tail.positions();
        for (LogSplit split : splits) {
            positions.put(split.writer(), split.next());
            stops.put(split.writer(), split.stop());
        }
        tail = new BoardTail(board, positions);
    }

    @Override
    public void notifyNoMoreSplits() {
        assigned = true;
    }

    @Override
    public void close() {
        board.close();
    }

    private boolean ended() {
        return assigned && stops.keySet().stream().allMatch(writer -> tail.position(writer) >= stops.get(writer));
    }

    private boolean isEnd(BoardEntry entry) {
        return verifier.verify(entry)
                .payload()
                .filter(payload -> payload.getBodyCase() == Payload.BodyCase.END)
                .isPresent();
    }

    private void reportDamage() {
        for (Map.Entry<String, BoardException> log : tail.damage().entrySet()) {
            if (damaged.add(log.getKey())) {
                LOG.error(
                        "the log of {} ends here for this party: {}",
                        log.getKey(),
                        log.getValue().getMessage());
            }
        }
    }
}
