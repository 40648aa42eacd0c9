package io.veilflow.pipeline.load;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.BoardTail;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.job.EnrolledContributor;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.JobDefinition;
import io.veilflow.pipeline.wire.BatchOutcome;
import io.veilflow.pipeline.wire.Decision;
import io.veilflow.pipeline.wire.Payload;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads what the parties sign: a submission is decided when two of them have signed the outcome of its batch. */
final class Decisions {
    private final BoardTail tail;
    private final RecordVerifier verifier;
    private final Map<String, Integer> contributors = new HashMap<>();
    private final Arrivals arrivals;
    /** Outcomes that one party has signed so far, by batch. */
    private final Map<Long, BatchOutcome> once = new HashMap<>();

    private final String first = EnrolledParty.writer(PartyId.P0);
    private long batches;
    private long windows;

    Decisions(Board board, JobDefinition job, Arrivals arrivals) {
        List<EnrolledContributor> enrolled = job.contributors();
        for (int i = 0; i < enrolled.size(); i++) {
            contributors.put(enrolled.get(i).name(), i);
        }
        this.tail = BoardTail.fromStart(
                board,
                Arrays.stream(PartyId.values()).map(EnrolledParty::writer).collect(Collectors.toSet()));
        this.verifier = RecordVerifier.of(job);
        this.arrivals = arrivals;
    }

    /** Reads what is new. */
    void refresh() {
        for (Optional<BoardEntry> entry = tail.poll(); entry.isPresent(); entry = tail.poll()) {
            boolean leads = entry.get().writer().equals(first);
            verifier.verify(entry.get()).payload().ifPresent(payload -> note(payload, leads));
        }
    }

    long batches() {
        return batches;
    }

    /** Windows whose result P0 has stated. */
    long windows() {
        return windows;
    }

    private void note(Payload payload, boolean leads) {
        if (payload.hasBatchOutcome()) {
            note(payload.getBatchOutcome());
        } else if (payload.hasWindowResult() && leads) {
            windows++;
        }
    }

    private void note(BatchOutcome outcome) {
        if (outcome.getId() < batches) {
            return;
        }
        BatchOutcome before = once.putIfAbsent(outcome.getId(), outcome);
        if (before == null) {
            return;
        }
        if (!before.equals(outcome)) {
            throw new IllegalStateException("two parties say different things of batch " + outcome.getId());
        }
        once.remove(outcome.getId());
        batches++;
        long now = System.nanoTime();
        for (Decision decision : outcome.getDecisionsList()) {
            arrivals.decided(contributors.get(decision.getContributor()), decision, now);
        }
    }
}
