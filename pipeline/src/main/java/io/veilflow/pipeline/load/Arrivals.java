package io.veilflow.pipeline.load;

import io.veilflow.pipeline.wire.Decision;
import io.veilflow.pipeline.wire.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** When each submission was appended, and how long it took until it was decided. Thread-safe. */
final class Arrivals {
    private static final int FIRST_ROOM = 64;

    private final List<long[]> appendedNanos = new ArrayList<>();
    private final int[] appended;
    private final int[] decided;
    private final Map<Reason, Long> reasons = new EnumMap<>(Reason.class);
    private final Lags well = new Lags();
    private final Lags bad = new Lags();
    private long submitted;
    private long settled;

    Arrivals(int contributors) {
        for (int i = 0; i < contributors; i++) {
            appendedNanos.add(new long[FIRST_ROOM]);
        }
        appended = new int[contributors];
        decided = new int[contributors];
    }

    synchronized void appended(int contributor, long nanos) {
        long[] times = appendedNanos.get(contributor);
        if (appended[contributor] == times.length) {
            times = Arrays.copyOf(times, 2 * times.length);
            appendedNanos.set(contributor, times);
        }
        times[appended[contributor]++] = nanos;
        submitted++;
    }

    /** @throws IllegalStateException if a record was passed over or decided before */
    synchronized void decided(int contributor, Decision decision, long nanos) {
        int record = (int) decision.getRecord();
        if (record != decided[contributor] || record >= appended[contributor]) {
            throw new IllegalStateException("record " + record + " of " + decision.getContributor()
                    + " is decided, and it is the turn of " + decided[contributor] + " of " + appended[contributor]);
        }
        decided[contributor]++;
        settled++;
        reasons.merge(decision.getReason(), 1L, Long::sum);
        long millis = (nanos - appendedNanos.get(contributor)[record]) / 1_000_000;
        (Conduct.of(contributor) == Conduct.WELL ? well : bad).add(millis);
    }

    synchronized long submitted() {
        return submitted;
    }

    /** Submitted, and neither admitted nor rejected by name. */
    synchronized long undecided() {
        return submitted - settled;
    }

    synchronized Map<Reason, Long> reasons() {
        return new EnumMap<>(reasons);
    }

    synchronized LoadResult.LagMillis lagOfTheWell() {
        return well.result();
    }

    synchronized LoadResult.LagMillis lagOfTheBad() {
        return bad.result();
    }

    private static final class Lags {
        private int[] millis = new int[FIRST_ROOM];
        private int count;

        void add(long lag) {
            if (count == millis.length) {
                millis = Arrays.copyOf(millis, 2 * count);
            }
            millis[count++] = Math.toIntExact(lag);
        }

        LoadResult.LagMillis result() {
            int[] sorted = Arrays.copyOf(millis, count);
            Arrays.sort(sorted);
            return count == 0
                    ? new LoadResult.LagMillis(0, 0, 0)
                    : new LoadResult.LagMillis(sorted[count / 2], sorted[(int) (count * 99L / 100)], sorted[count - 1]);
        }
    }
}
