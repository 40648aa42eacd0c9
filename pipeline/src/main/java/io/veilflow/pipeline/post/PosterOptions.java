package io.veilflow.pipeline.post;

import java.time.Duration;

/**
 * How a party posts.
 *
 * @param depth blocks that must lie on the one with a record until the record counts as final; 0: it counts at once, which only fits a
 *     chain that never takes a block back
 * @param inclusionDeadline how long one transaction waits for its block; then it is sent again at a higher price
 * @param fees what it may cost
 */
public record PosterOptions(long depth, Duration inclusionDeadline, FeePolicy fees) {
    private static final long GWEI_MAX = 1_000;

    public PosterOptions {
        if (depth < 0) {
            throw new IllegalArgumentException("depth " + depth);
        }
    }

    /** Without a limit to fees that would ever be felt. */
    public static PosterOptions of(long depth, Duration inclusionDeadline) {
        return new PosterOptions(depth, inclusionDeadline, FeePolicy.ofGwei(GWEI_MAX));
    }
}
