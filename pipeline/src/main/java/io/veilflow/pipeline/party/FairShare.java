package io.veilflow.pipeline.party;

import java.util.Collection;

/**
 * How much of what waits in many logs is taken at once: of each log the same number at most, so that whoever writes much waits, and
 * nobody else.
 */
final class FairShare {
    private FairShare() {}

    /**
     * The largest number of records that each log may give so that all together give no more than {@code most}; at least 1.
     *
     * @param waiting records by log
     */
    static long of(Collection<Long> waiting, long most) {
        long fits = 1;
        long tooMany = most + 1;
        while (fits + 1 < tooMany) {
            long share = (fits + tooMany) >>> 1;
            long taken = waiting.stream()
                    .mapToLong(records -> Math.min(records, share))
                    .sum();
            fits = taken <= most ? share : fits;
            tooMany = taken <= most ? tooMany : share;
        }
        return fits;
    }
}
