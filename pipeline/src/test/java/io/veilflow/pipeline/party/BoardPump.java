package io.veilflow.pipeline.party;

import io.veilflow.pipeline.admit.ContributorHistory;
import io.veilflow.pipeline.admit.SubmissionCheck;
import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.BoardTail;
import io.veilflow.pipeline.board.RecordOutcome;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.submission.ComponentCommitments;
import io.veilflow.pipeline.wire.Reason;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** Feeds a core from the board on a thread of its own, as the Flink job does: reads, checks, offers; drains after the end. */
public final class BoardPump implements AutoCloseable {
    private final PartyIngress core;
    private final BoardTail tail;
    private final RecordVerifier verifier;
    private final SubmissionCheck check;
    private final String feeder;
    private final Map<String, ContributorHistory> histories = new HashMap<>();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private final AtomicLong offered = new AtomicLong();
    private final Thread thread = new Thread(this::pump, "board-pump");

    public BoardPump(PartyIngress core, JobTerms terms, Board board, ComponentCommitments commitments) {
        this.core = core;
        this.tail = BoardTail.fromStart(board, new TreeSet<>(terms.logs()));
        this.verifier = RecordVerifier.of(terms.definition());
        this.check = new SubmissionCheck(terms, commitments);
        this.feeder = terms.definition().feeder().name();
        thread.setDaemon(true);
        thread.start();
    }

    /** Completes when the feeder has ended and the core has decided everything. */
    public CompletableFuture<Void> drained() {
        return drained;
    }

    /** Records that the core has been offered. */
    public long offered() {
        return offered.get();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void pump() {
        boolean ended = false;
        try {
            while (true) {
                Optional<BoardEntry> entry = tail.poll();
                if (entry.isPresent()) {
                    ended |= offer(entry.get());
                    offered.incrementAndGet();
                } else if (ended) {
                    core.drain().whenComplete((nothing, failure) -> {
                        if (failure == null) {
                            drained.complete(null);
                        } else {
                            drained.completeExceptionally(failure);
                        }
                    });
                    return;
                } else {
                    Thread.sleep(2);
                }
            }
        } catch (InterruptedException stopped) {
            drained.cancel(false);
        } catch (RuntimeException failure) {
            drained.completeExceptionally(failure);
        }
    }

    private boolean offer(BoardEntry entry) {
        if (!entry.writer().equals(feeder)) {
            ContributorHistory history = histories.computeIfAbsent(entry.writer(), any -> new ContributorHistory());
            core.offer(CheckedEntry.of(check.check(entry, history)));
            return false;
        }
        RecordOutcome outcome = verifier.verify(entry);
        Reason reason = outcome instanceof RecordOutcome.Refused refused ? refused.reason() : Reason.ACCEPTED;
        core.offer(new CheckedEntry(entry, 0, reason));
        return outcome.payload().filter(payload -> payload.hasEnd()).isPresent();
    }
}
