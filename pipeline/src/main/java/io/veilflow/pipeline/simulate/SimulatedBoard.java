package io.veilflow.pipeline.simulate;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.board.RecordSigner;
import io.veilflow.pipeline.wire.Payload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The board: what is in a log stays there, and every reader comes to see it, each in its own time; logs come in any order, the records
 * of one in theirs. A writer that is killed over an append may have been killed before or after it.
 */
final class SimulatedBoard {
    private final Schedule schedule;
    private final Weather weather;
    private final Map<String, List<BoardEntry>> logs = new TreeMap<>();
    private final Map<String, View> views = new LinkedHashMap<>();
    private final Consumer<BoardEntry> watcher;

    /** @param watcher sees every record as it is written */
    SimulatedBoard(Schedule schedule, Weather weather, Consumer<BoardEntry> watcher) {
        this.schedule = schedule;
        this.weather = weather;
        this.watcher = watcher;
    }

    /** All that stands in a log. */
    List<BoardEntry> log(String writer) {
        return List.copyOf(logs.getOrDefault(writer, List.of()));
    }

    List<String> writers() {
        return List.copyOf(logs.keySet());
    }

    /** What one reader sees, which outlives its processes. */
    View view(String reader) {
        return views.computeIfAbsent(reader, View::new);
    }

    private BoardEntry append(SimulatedProcess process, RecordSigner signer, Payload payload) {
        String name = signer.writer();
        process.operation("posts " + payload.getBodyCase());
        List<BoardEntry> log = logs.computeIfAbsent(name, first -> new ArrayList<>());
        ByteString head =
                log.isEmpty() ? BoardEntry.EMPTY_HEAD : log.get(log.size() - 1).head();
        ByteString record = signer.sign(log.size(), payload.toByteString()).toByteString();
        BoardEntry entry = BoardEntry.after(head, name, log.size(), record);
        log.add(entry);
        watcher.accept(entry);
        views.values().forEach(view -> view.comes(entry, process));
        process.operation("has posted " + payload.getBodyCase() + " as " + entry.index());
        return entry;
    }

    /** The board as one reader sees it. */
    final class View {
        private final String reader;
        private final Map<String, Long> visible = new TreeMap<>();
        private final Map<String, Long> arrivals = new TreeMap<>();
        private Optional<SimulatedProcess> process = Optional.empty();
        private long silentUntil;

        private View(String reader) {
            this.reader = reader;
        }

        /** Whose eyes these are from now on. */
        Board open(SimulatedProcess by) {
            process = Optional.of(by);
            return new OpenBoard(this, by);
        }

        /** Shows nothing new for so long. */
        void silence(long nanos) {
            silentUntil = Math.max(silentUntil, schedule.now() + nanos);
            schedule.note(reader, "sees nothing new on the board for " + nanos / 1_000_000 + " ms");
        }

        private void comes(BoardEntry entry, SimulatedProcess writer) {
            boolean own = process.isPresent() && process.get() == writer;
            long earliest = own ? schedule.now() : Math.max(silentUntil, schedule.now() + weather.boardDelay());
            long arrival = Math.max(arrivals.getOrDefault(entry.writer(), 0L), earliest);
            arrivals.put(entry.writer(), arrival);
            if (own) {
                show(entry);
            } else {
                schedule.at(arrival, () -> arrive(entry));
            }
        }

        private void arrive(BoardEntry entry) {
            if (schedule.now() < silentUntil) {
                schedule.at(silentUntil, () -> arrive(entry));
            } else {
                show(entry);
            }
        }

        private void show(BoardEntry entry) {
            visible.merge(entry.writer(), entry.index() + 1, Math::max);
            process.ifPresent(reading -> reading.news().call());
        }

        private long size(String writer) {
            return visible.getOrDefault(writer, 0L);
        }
    }

    private final class OpenBoard implements Board {
        private final View view;
        private final SimulatedProcess process;

        OpenBoard(View view, SimulatedProcess process) {
            this.view = view;
            this.process = process;
        }

        @Override
        public long size(String writer) {
            process.requireAlive();
            return view.size(writer);
        }

        @Override
        public Optional<BoardEntry> read(String writer, long index) {
            process.requireAlive();
            return index < view.size(writer) ? Optional.of(logs.get(writer).get((int) index)) : Optional.empty();
        }

        @Override
        public ByteString head(String writer, long records) {
            process.requireAlive();
            return records == 0
                    ? BoardEntry.EMPTY_HEAD
                    : logs.get(writer).get((int) records - 1).head();
        }

        @Override
        public BoardWriter writer(RecordSigner signer) {
            // the writer of a log has read it to its end: what its last process wrote is there
            view.visible.put(signer.writer(), (long) log(signer.writer()).size());
            return new BoardWriter() {
                @Override
                public String name() {
                    return signer.writer();
                }

                @Override
                public BoardEntry append(Payload payload) {
                    return SimulatedBoard.this.append(process, signer, payload);
                }

                @Override
                public void close() {
                    schedule.note(signer.writer(), "closes its log");
                }
            };
        }

        @Override
        public void close() {
            schedule.note(view.reader, "leaves the board");
        }
    }
}
