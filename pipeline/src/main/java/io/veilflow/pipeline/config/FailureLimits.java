package io.veilflow.pipeline.config;

/**
 * How much of what may be an attack a party bears before it holds the job and leaves the rest to people: every attempt that a
 * cheater makes fail may tell it one bit (PROTOCOLS 11.8).
 *
 * @param attempts most attempts at one batch or window, whatever made the ones before fail; at least 1
 * @param failedChecks so many attempts that failed by a check, or by a message that breaks the protocol, end the job at this
 *     party, all batches and windows together; at least 1
 * @param disputes most submissions that this party alone could not open, also not with the others' help
 */
public record FailureLimits(int attempts, int failedChecks, int disputes) {
    public static final FailureLimits DEFAULT = new FailureLimits(4, 3, 16);

    private static final int MOST = 1_000;

    public FailureLimits {
        if (attempts < 1 || failedChecks < 1 || disputes < 0) {
            throw new IllegalArgumentException(
                    attempts + " attempts, " + failedChecks + " failed checks, " + disputes + " disputes");
        }
    }

    /** From an object whose keys may each be left out. */
    static FailureLimits read(DocumentReader limits) {
        return new FailureLimits(
                limits.has("attempts") ? limits.small("attempts", 1, MOST) : DEFAULT.attempts,
                limits.has("failedChecks") ? limits.small("failedChecks", 1, MOST) : DEFAULT.failedChecks,
                limits.has("disputes") ? limits.small("disputes", 0, MOST) : DEFAULT.disputes);
    }
}
