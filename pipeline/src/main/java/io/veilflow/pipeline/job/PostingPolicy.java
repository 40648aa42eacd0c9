package io.veilflow.pipeline.job;

import java.util.List;

/**
 * What the registry is told about time and prices of a job's results.
 *
 * @param proofDeadlineMillis so long after the end of a window the registry takes proven results only; 0: attested ones never
 * @param rotationDelaySeconds from the registry's taking of a new group key to its use
 * @param priceChecks none: the feeder's prices are not held against the chain
 */
public record PostingPolicy(long proofDeadlineMillis, long rotationDelaySeconds, List<PriceCheck> priceChecks) {
    public PostingPolicy {
        priceChecks = List.copyOf(priceChecks);
    }

    /** Proven results only, a new group key after a day, no price checks. */
    public static PostingPolicy provenOnly() {
        return new PostingPolicy(0, 86_400, List.of());
    }
}
