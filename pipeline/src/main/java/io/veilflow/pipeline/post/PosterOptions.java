package io.veilflow.pipeline.post;

import java.time.Duration;

/**
 * How a party posts.
 *
 * @param depth blocks that must lie on the one with a record until the record counts as final; 0: it counts at once, which only fits a
 *     chain that never takes a block back
 * @param inclusionDeadline how long one transaction waits for its block; then it is sent again at a higher price
 * @param fees what it may cost
 * @param answerTimeout how long a node may take to answer one question
 */
public record PosterOptions(long depth, Duration inclusionDeadline, FeePolicy fees, Duration answerTimeout) {
    private static final long GWEI_MAX = 1_000;

    public PosterOptions {
        if (depth < 0) {
            throw new IllegalArgumentException("depth " + depth);
        }
    }

    /** With the patience that nodes on a network need. */
    public PosterOptions(long depth, Duration inclusionDeadline, FeePolicy fees) {
        this(depth, inclusionDeadline, fees, EthereumNode.ANSWER_TIMEOUT);
    }

    /** Without a limit to fees that would ever be felt. */
    public static PosterOptions of(long depth, Duration inclusionDeadline) {
        return new PosterOptions(depth, inclusionDeadline, FeePolicy.ofGwei(GWEI_MAX));
    }
}
