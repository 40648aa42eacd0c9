package io.veilflow.pipeline.flink;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.journal.JournalHead;
import io.veilflow.pipeline.party.CheckedEntry;
import io.veilflow.pipeline.party.PartyIngress;
import io.veilflow.pipeline.party.WindowOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Takes what a party core would take, and gives out one outcome for each tick when the test says so. */
final class ScriptedIngress implements PartyIngress {
    private final List<CheckedEntry> offered = new ArrayList<>();
    private final List<WindowOutcome> published = new ArrayList<>();
    private final CompletableFuture<Void> release = new CompletableFuture<>();
    private CompletableFuture<Void> scriptedEnd;
    private Consumer<WindowOutcome> outcomes = outcome -> {};

    /** From now on everything that was offered counts as decided. */
    void release() {
        release.complete(null);
    }

    /** The end of everything that was offered, whatever it is. */
    synchronized void drainWith(CompletableFuture<Void> end) {
        scriptedEnd = end;
    }

    synchronized List<CheckedEntry> offered() {
        return List.copyOf(offered);
    }

    synchronized List<WindowOutcome> published() {
        return List.copyOf(published);
    }

    @Override
    public JournalHead journalHead() {
        return new JournalHead(offered().size(), ByteString.copyFrom(new byte[32]));
    }

    @Override
    public void requireJournalled(JournalHead head) {
        throw new AssertionError("no checkpoint is restored here");
    }

    @Override
    public synchronized void offer(CheckedEntry entry) {
        offered.add(entry);
    }

    @Override
    public synchronized void attach(Consumer<WindowOutcome> receiver, Consumer<Throwable> onHold) {
        outcomes = receiver;
    }

    @Override
    public synchronized CompletableFuture<Void> drain() {
        return scriptedEnd == null ? release.thenRun(this::emit) : scriptedEnd;
    }

    @Override
    public synchronized CompletableFuture<Void> publish(WindowOutcome outcome) {
        published.add(outcome);
        return CompletableFuture.completedFuture(null);
    }

    private synchronized void emit() {
        long ticks = offered.stream()
                .filter(entry -> entry.entry().writer().equals("feeder"))
                .count();
        for (long window = 0; window < ticks - 1; window++) {
            outcomes.accept(window % 2 == 0 ? WindowOutcome.proven(window) : WindowOutcome.skipped(window, "scripted"));
        }
    }
}
