package io.veilflow.pipeline.demo;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.job.kind.Results;
import io.veilflow.pipeline.post.ConsumerAccount;
import io.veilflow.pipeline.post.VoteExecutorClient;

/** {@code VoteExecutor}: a call was proposed for every window before it was voted on. */
final class VoteConsumer implements DemoConsumer {
    private final ConsumerAccount account;
    private final VoteExecutorClient executor;

    /** Takes the account over, which proposes. */
    VoteConsumer(
            ConsumerAccount account, VoteExecutorClient executor, ByteString registry, ByteString jobId, int windows) {
        this.account = account;
        this.executor = executor;
        for (int window = 0; window < windows; window++) {
            executor.proposeQuestion(window, registry, jobId);
        }
    }

    @Override
    public String title() {
        return "executor " + LocalNetwork.address(executor.address()) + " with a call proposed for each window";
    }

    @Override
    public String after(long window, Results results) {
        return executor.execute(window) ? "its call EXECUTED" : "its call refused";
    }

    @Override
    public void close() {
        account.close();
    }
}
