package io.veilflow.pipeline.window;

import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.wire.Cut;
import io.veilflow.pipeline.wire.LogPosition;
import java.util.List;
import java.util.function.Function;

/**
 * Cuts of the board: how far every log of the job but the parties' is taken, and the head there (docs/wire.md, section 6).
 * Canonical: positions ascend by writer and name every such log.
 */
public final class Cuts {
    private Cuts() {}

    /** Before the first record of every log. */
    public static Cut empty(JobTerms terms) {
        return of(terms, Cuts::beforeFirst);
    }

    /** @param position of a log, by its writer */
    public static Cut of(JobTerms terms, Function<String, LogPosition> position) {
        Cut.Builder cut = Cut.newBuilder();
        terms.logs().forEach(log -> cut.addPositions(position.apply(log)));
        return cut.build();
    }

    public static LogPosition beforeFirst(String writer) {
        return LogPosition.newBuilder()
                .setWriter(writer)
                .setRecords(0)
                .setHead(BoardEntry.EMPTY_HEAD)
                .build();
    }

    public static LogPosition after(BoardEntry entry) {
        return LogPosition.newBuilder()
                .setWriter(entry.writer())
                .setRecords(entry.index() + 1)
                .setHead(entry.head())
                .build();
    }

    /** Records of a log that the cut takes, which is in order: a job may have thousands of logs. */
    public static long records(Cut cut, String writer) {
        int from = 0;
        int to = cut.getPositionsCount();
        while (from < to) {
            int middle = (from + to) >>> 1;
            LogPosition position = cut.getPositions(middle);
            int order = position.getWriter().compareTo(writer);
            if (order == 0) {
                return position.getRecords();
            }
            from = order < 0 ? middle + 1 : from;
            to = order < 0 ? to : middle;
        }
        throw new IllegalArgumentException("the cut does not name the log of " + writer);
    }

    /** Whether a cut names the logs of the job in order, with heads that can be heads. */
    public static boolean hasForm(JobTerms terms, Cut cut) {
        List<String> named =
                cut.getPositionsList().stream().map(LogPosition::getWriter).toList();
        return named.equals(terms.logs()) && cut.getPositionsList().stream().allMatch(Cuts::canBe);
    }

    /**
     * The componentwise smallest of cuts in form.
     *
     * @throws SealingException FORKED if two of them have different heads after the same number of records
     */
    public static Cut minimum(List<Cut> cuts) {
        Cut.Builder minimum = Cut.newBuilder();
        for (int log = 0; log < cuts.get(0).getPositionsCount(); log++) {
            LogPosition least = cuts.get(0).getPositions(log);
            for (Cut cut : cuts) {
                LogPosition position = cut.getPositions(log);
                requireSameHead(least, position);
                least = position.getRecords() < least.getRecords() ? position : least;
            }
            for (Cut cut : cuts) {
                requireSameHead(least, cut.getPositions(log));
            }
            minimum.addPositions(least);
        }
        return minimum.build();
    }

    /** Whether {@code cut} takes at least the records of {@code target}, of every log. */
    public static boolean reaches(Cut cut, Cut target) {
        for (int log = 0; log < target.getPositionsCount(); log++) {
            LogPosition position = target.getPositions(log);
            if (records(cut, log, position.getWriter()) < position.getRecords()) {
                return false;
            }
        }
        return true;
    }

    /** Records of all logs but one that {@code cut} takes and {@code from}, which it reaches, does not. */
    public static long recordsBetween(Cut from, Cut cut, String butOf) {
        long records = 0;
        for (int log = 0; log < from.getPositionsCount(); log++) {
            LogPosition position = from.getPositions(log);
            if (!position.getWriter().equals(butOf)) {
                records += records(cut, log, position.getWriter()) - position.getRecords();
            }
        }
        return records;
    }

    /** The same as {@link #records(Cut, String)}; at once if the log stands in its place, as in every cut of the same job. */
    private static long records(Cut cut, int place, String writer) {
        boolean there = place < cut.getPositionsCount()
                && cut.getPositions(place).getWriter().equals(writer);
        return there ? cut.getPositions(place).getRecords() : records(cut, writer);
    }

    private static boolean canBe(LogPosition position) {
        boolean emptyHead = position.getHead().equals(BoardEntry.EMPTY_HEAD);
        return position.getRecords() >= 0
                && position.getHead().size() == BoardEntry.EMPTY_HEAD.size()
                && (position.getRecords() > 0 || emptyHead);
    }

    private static void requireSameHead(LogPosition first, LogPosition second) {
        if (first.getRecords() == second.getRecords() && !first.getHead().equals(second.getHead())) {
            throw new SealingException(
                    SealingException.Reason.FORKED,
                    null,
                    "two heads of " + first.getWriter() + " after " + first.getRecords() + " records");
        }
    }
}
