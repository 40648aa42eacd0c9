package io.veilflow.pipeline.flink;

import io.veilflow.mpc.flink.WindowService;
import io.veilflow.pipeline.party.PartyIngress;
import io.veilflow.pipeline.party.WindowOutcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The party core as the sink sees it: outcomes go in to be posted; nothing comes out. */
final class OutboxService implements WindowService<WindowOutcome, Void> {
    private final PartyIngress ingress;
    private CompletableFuture<Void> all = CompletableFuture.completedFuture(null);

    OutboxService(PartyIngress ingress) {
        this.ingress = ingress;
    }

    @Override
    public void attach(Consumer<Void> results, Consumer<Throwable> failure) {
        // failures come with the stage of each outcome
    }

    @Override
    public CompletionStage<Void> submit(WindowOutcome outcome) {
        CompletableFuture<Void> posted = ingress.publish(outcome);
        all = CompletableFuture.allOf(all, posted);
        return posted;
    }

    /** Completes when every outcome so far is where it belongs. */
    @Override
    public CompletionStage<Void> drain() {
        return all;
    }

    @Override
    public void close() {
        // the outbox is the core's
    }
}
