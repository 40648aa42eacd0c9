package io.veilflow.mpc.fair;

import java.time.Duration;

/**
 * The assumption on which fairness, and nothing else, rests: what one honest party posts is read by the other within the
 * largest delay, and their clocks differ by at most the skew. If it fails, a corrupted party may learn outputs alone; no
 * input is shown and no wrong output is accepted.
 *
 * @param largestDelay from the decision to post, over journal and board, to the reader's next look
 * @param clockSkew between the clocks of two honest parties
 */
public record FairLimits(Duration largestDelay, Duration clockSkew) {
    /** Times and hashes go round, then READY. */
    private static final int DELAYS_BEFORE_T1 = 4;

    public FairLimits {
        if (largestDelay.toMillis() < 1 || clockSkew.isNegative()) {
            throw new IllegalArgumentException("largest delay " + largestDelay + ", clock skew " + clockSkew);
        }
    }

    public static FairLimits defaults() {
        return new FairLimits(Duration.ofSeconds(2), Duration.ofMillis(500));
    }

    /** A thing sent this long before a moment arrives by that moment, by the receiver's clock. */
    long travel() {
        return largestDelay.toMillis() + clockSkew.toMillis();
    }

    /** What P0 proposes. In an honest run nobody waits for either time. */
    FairTimes propose(long now) {
        long ready = now + longestBefore();
        return new FairTimes(ready, ready + travel());
    }

    /** Whether a proposal leaves enough time, and not so much that a party that stops holds up the others for long. */
    boolean allows(FairTimes times, long now) {
        long before = times.ready() - now;
        long between = times.echo() - times.ready();
        return before >= travel()
                && before <= longestBefore() + clockSkew.toMillis()
                && between >= travel()
                && between <= 2 * travel();
    }

    /** Until when the components are looked for after a decision to go on. */
    long patience(FairTimes times) {
        return times.echo() + 2 * travel();
    }

    private long longestBefore() {
        return DELAYS_BEFORE_T1 * largestDelay.toMillis() + clockSkew.toMillis();
    }
}
