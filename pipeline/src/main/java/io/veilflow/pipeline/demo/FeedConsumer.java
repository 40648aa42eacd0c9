package io.veilflow.pipeline.demo;

import io.veilflow.pipeline.job.kind.Results;
import io.veilflow.pipeline.post.ConsumerAccount;
import io.veilflow.pipeline.post.RiskFeedClient;

/** {@code RiskFeed}: one output, read as lending protocols read price feeds. */
final class FeedConsumer implements DemoConsumer {
    private final ConsumerAccount account;
    private final RiskFeedClient feed;
    private final String output;

    /** Takes the account over. */
    FeedConsumer(ConsumerAccount account, RiskFeedClient feed, String output) {
        this.account = account;
        this.feed = feed;
        this.output = output;
    }

    @Override
    public String title() {
        return "feed " + LocalNetwork.address(feed.address()) + " of " + output;
    }

    @Override
    public String after(long window, Results results) {
        return "feed answers " + feed.latest();
    }

    @Override
    public void close() {
        account.close();
    }
}
