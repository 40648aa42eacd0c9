package io.veilflow.pipeline.flink;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.journal.JournalException;
import io.veilflow.pipeline.journal.JournalHead;
import io.veilflow.pipeline.party.CheckedEntry;
import io.veilflow.pipeline.party.PartyIngress;
import io.veilflow.pipeline.party.WindowOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * What a party core promises to the job that feeds it ({@link PartyIngress}), over any number of lives of that job: it takes a record
 * once, refuses one that is missing before it or that has changed, and gives an outcome out until it has been acknowledged. Each
 * record of the feeder ends the window of the one before it.
 */
final class RememberingIngress implements PartyIngress {
    private final Map<String, List<CheckedEntry>> logs = new LinkedHashMap<>();
    private final List<WindowOutcome> published = new ArrayList<>();
    private final List<WindowOutcome> unacknowledged = new ArrayList<>();
    private Consumer<WindowOutcome> outcomes = outcome -> {};
    private int offered;

    /** How often a record was offered, again or for the first time. */
    synchronized int offered() {
        return offered;
    }

    /** In the log's order. */
    synchronized List<CheckedEntry> log(String writer) {
        return List.copyOf(logs.getOrDefault(writer, List.of()));
    }

    synchronized int taken() {
        return logs.values().stream().mapToInt(List::size).sum();
    }

    synchronized List<WindowOutcome> published() {
        return List.copyOf(published);
    }

    @Override
    public synchronized void offer(CheckedEntry entry) {
        offered++;
        String writer = entry.entry().writer();
        List<CheckedEntry> log = logs.computeIfAbsent(writer, any -> new ArrayList<>());
        int index = (int) entry.entry().index();
        if (index > log.size()) {
            throw new IllegalArgumentException("records of " + writer + " are missing before " + index);
        }
        if (index < log.size()) {
            if (!log.get(index).equals(entry)) {
                throw new IllegalArgumentException(entry.entry().place() + " is not what it was before");
            }
            return;
        }
        log.add(entry);
        if (writer.equals("feeder") && index > 0) {
            WindowOutcome outcome = WindowOutcome.proven(index - 1);
            unacknowledged.add(outcome);
            outcomes.accept(outcome);
        }
    }

    @Override
    public JournalHead journalHead() {
        return new JournalHead(taken(), ByteString.copyFrom(new byte[32]));
    }

    @Override
    public void requireJournalled(JournalHead head) {
        if (head.entries() > taken()) {
            throw new JournalException("the checkpoint knows of more records than were taken");
        }
    }

    @Override
    public synchronized void attach(Consumer<WindowOutcome> receiver, Consumer<Throwable> onHold) {
        outcomes = receiver;
        List.copyOf(unacknowledged).forEach(receiver);
    }

    @Override
    public CompletableFuture<Void> drain() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized CompletableFuture<Void> publish(WindowOutcome outcome) {
        published.add(outcome);
        unacknowledged.remove(outcome);
        return CompletableFuture.completedFuture(null);
    }
}
