package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.job.PriceCheck;
import io.veilflow.pipeline.job.WindowPolicy;
import io.veilflow.zk.rule.PublicPart;
import java.util.List;

/**
 * Times and price checks of a job, as a registry keeps them.
 *
 * @param startMillis start of window 0
 * @param windowMillis length of a window
 * @param proofDeadlineMillis so long after a window's end results are taken with a proof only; 0: always
 * @param rotationDelaySeconds from the announcement of a new group key to its use
 */
public record RegisteredPolicy(
        long startMillis,
        long windowMillis,
        long proofDeadlineMillis,
        long rotationDelaySeconds,
        List<RegisteredPriceCheck> priceChecks) {
    public RegisteredPolicy {
        priceChecks = List.copyOf(priceChecks);
    }

    /**
     * A price among the variable words and the feed on the chain that it is held against.
     *
     * @param feed 20 bytes
     * @param place where the price stands
     * @param decimals of the price
     */
    public record RegisteredPriceCheck(
            ByteString feed, PublishedPlace place, int decimals, int maximumDeviationBps, long maximumAgeSeconds) {}

    /** What the registry must hold for this job. */
    static RegisteredPolicy of(JobTerms terms) {
        WindowPolicy windows = terms.definition().windows();
        return new RegisteredPolicy(
                windows.startMillis(),
                windows.windowMillis(),
                windows.posting().proofDeadlineMillis(),
                windows.posting().rotationDelaySeconds(),
                windows.posting().priceChecks().stream()
                        .map(check -> priceCheck(terms, check))
                        .toList());
    }

    private static RegisteredPriceCheck priceCheck(JobTerms terms, PriceCheck check) {
        List<PublicPart> feeds = terms.rule().publicWords().parts().stream()
                .filter(part -> part.source() == PublicPart.Source.FEED)
                .toList();
        PublicPart part = feeds.get(check.input());
        return new RegisteredPriceCheck(
                check.aggregator(),
                new PublishedPlace(part.word(), part.offset(), part.width()),
                check.decimals(),
                check.maximumDeviationBps(),
                check.maximumAgeSeconds());
    }
}
