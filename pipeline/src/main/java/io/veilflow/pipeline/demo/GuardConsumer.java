package io.veilflow.pipeline.demo;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.job.kind.Results;
import io.veilflow.pipeline.post.MarketGuardClient;

/** {@code MarketGuard}: a lending market that pauses borrowing at a high level. */
final class GuardConsumer implements DemoConsumer {
    private final ByteString address;
    private final MarketGuardClient guard;
    private boolean paused;

    /** Takes the client over. */
    GuardConsumer(ByteString address, MarketGuardClient guard) {
        this.address = address;
        this.guard = guard;
    }

    @Override
    public String title() {
        return "market " + LocalNetwork.address(address);
    }

    @Override
    public String after(long window, Results results) {
        MarketGuardClient.Changes changes = guard.sync();
        if (changes.paused() || changes.resumed()) {
            paused = changes.paused();
            return paused ? "borrowing PAUSED" : "borrowing RESUMED";
        }
        return paused ? "paused" : "open";
    }

    @Override
    public void close() {
        guard.close();
    }
}
