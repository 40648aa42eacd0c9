package io.veilflow.pipeline.job;

import java.util.List;

/**
 * How a job's results come to the chain, and what the registry is told about their time and prices.
 *
 * @param proofDeadlineMillis so long after the end of a window the registry takes proven results only; 0: attested ones never
 * @param rotationDelaySeconds from the registry's taking of a new group key to its use
 * @param priceChecks none: the feeder's prices are not held against the chain
 * @param payer whose account sends the posts
 */
public record PostingPolicy(
        long proofDeadlineMillis, long rotationDelaySeconds, List<PriceCheck> priceChecks, Payer payer) {
    /** Whose account sends the posts; that says nothing about what is posted. */
    public enum Payer {
        /** Each party its own. */
        OWN,
        /** The group's, which all three sign for; each party's own if the three do not sign in time. */
        GROUP
    }

    public PostingPolicy {
        priceChecks = List.copyOf(priceChecks);
    }

    /** Each party pays with its own account. */
    public PostingPolicy(long proofDeadlineMillis, long rotationDelaySeconds, List<PriceCheck> priceChecks) {
        this(proofDeadlineMillis, rotationDelaySeconds, priceChecks, Payer.OWN);
    }

    /** Proven results only, a new group key after a day, no price checks. */
    public static PostingPolicy provenOnly() {
        return new PostingPolicy(0, 86_400, List.of());
    }
}
