package io.veilflow.pipeline.party;

import java.util.ArrayList;
import java.util.List;

/** Where the time since the last window went, and what was rejected since. Used by the driver's thread only. */
final class StageTimes {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final PartyClock clock;
    private final List<WindowReport.Rejection> rejected = new ArrayList<>();
    private long admitNanos;

    StageTimes(PartyClock clock) {
        this.clock = clock;
    }

    /**
     * A window that waits for its transaction.
     *
     * @param closedNanos when its closing tick was seen
     * @param readyNanos when it was signed by two
     */
    record Open(
            SignedWindow signed,
            List<WindowReport.Rejection> rejected,
            long admitMillis,
            long sealMillis,
            long closedNanos,
            long readyNanos) {}

    long now() {
        return clock.nanos();
    }

    void admitted(long sinceNanos, List<WindowReport.Rejection> newlyRejected) {
        admitNanos += clock.nanos() - sinceNanos;
        rejected.addAll(newlyRejected);
    }

    /** Closes the account of a window. */
    Open signed(SignedWindow signed, long closedNanos, long sealedNanos) {
        Open open = new Open(
                signed,
                List.copyOf(rejected),
                admitNanos / NANOS_PER_MILLI,
                (sealedNanos - closedNanos) / NANOS_PER_MILLI,
                closedNanos,
                clock.nanos());
        startAnew();
        return open;
    }

    /** A window that this party accounted for before a restart. */
    void startAnew() {
        rejected.clear();
        admitNanos = 0;
    }

    static long millis(long fromNanos, long toNanos) {
        return (toNanos - fromNanos) / NANOS_PER_MILLI;
    }
}
