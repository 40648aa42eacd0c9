package io.veilflow.pipeline.load;

import java.util.ArrayList;
import java.util.List;

/** Who submits when. */
final class Timetable {
    private static final int SLOW_SECONDS = 10;
    private static final int MEGABYTES_SECONDS = 30;
    private static final int FLOOD_SECONDS = 8;

    private final LoadRequest request;

    Timetable(LoadRequest request) {
        this.request = request;
    }

    /** @param dueMillis since the clock started */
    record Due(long dueMillis, int contributor) {}

    /** All that is due within a second, in order. */
    List<Due> second(int second) {
        List<Due> due = new ArrayList<>();
        long begin = second * 1_000L;
        if (second % SLOW_SECONDS == 1) {
            due.add(new Due(begin, Conduct.SLOW.ordinal()));
        }
        if (second % MEGABYTES_SECONDS == 2) {
            due.add(new Due(begin, Conduct.MEGABYTES.ordinal()));
        }
        if (second == request.seconds() / 3) {
            for (int i = 0; i < FLOOD_SECONDS * request.rate(); i++) {
                due.add(new Due(begin, Conduct.FLOODING.ordinal()));
            }
        }
        int well = request.contributors() - Conduct.WELL.ordinal();
        for (int i = 0; i < request.rate(); i++) {
            long number = (long) second * request.rate() + i;
            due.add(new Due(begin + i * 1_000L / request.rate(), Conduct.WELL.ordinal() + (int) (number % well)));
        }
        return due;
    }
}
