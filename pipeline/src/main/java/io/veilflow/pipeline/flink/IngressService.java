package io.veilflow.pipeline.flink;

import io.veilflow.mpc.flink.WindowService;
import io.veilflow.pipeline.journal.JournalHead;
import io.veilflow.pipeline.party.CheckedEntry;
import io.veilflow.pipeline.party.PartyIngress;
import io.veilflow.pipeline.party.WindowOutcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.flink.runtime.execution.SuppressRestartsException;

/**
 * The party core as the session operator sees it: entries go in, outcomes of windows come out. A core that has ended does not begin again,
 * so that Flink need not try.
 */
final class IngressService implements WindowService<CheckedEntry, WindowOutcome> {
    private final PartyIngress ingress;

    IngressService(PartyIngress ingress) {
        this.ingress = ingress;
    }

    @Override
    public void attach(Consumer<WindowOutcome> results, Consumer<Throwable> failure) {
        ingress.attach(results, end -> failure.accept(new SuppressRestartsException(end)));
    }

    /** Done at once: what the core has been offered it remembers, and it decides by itself when to compute. */
    @Override
    public CompletionStage<Void> submit(CheckedEntry entry) {
        ingress.offer(entry);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> drain() {
        return ingress.drain().exceptionally(end -> {
            throw new SuppressRestartsException(end);
        });
    }

    @Override
    public byte[] position() {
        return ingress.journalHead().bytes();
    }

    @Override
    public void restored(byte[] position) {
        ingress.requireJournalled(JournalHead.read(position));
    }

    /** The core lives longer than a task: whoever made it closes it. */
    @Override
    public void close() {
        ingress.attach(outcome -> {}, failure -> {});
    }
}
