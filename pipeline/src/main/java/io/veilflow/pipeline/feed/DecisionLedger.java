package io.veilflow.pipeline.feed;

import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.BoardTail;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.JobDefinition;
import io.veilflow.pipeline.wire.BatchOutcome;
import io.veilflow.pipeline.wire.Decision;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.Reason;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the parties decided about contributors' records, read from the board alone: a decision counts when two parties have
 * signed the same one. Not thread-safe.
 */
public final class DecisionLedger {
    private static final int SIGNERS = 2;

    private record Place(String contributor, long record) {}

    private final BoardTail tail;
    private final RecordVerifier verifier;
    private final Map<Place, Map<Reason, Set<String>>> signers = new HashMap<>();
    private final Map<String, Long> decidedUpTo = new HashMap<>();

    public DecisionLedger(JobDefinition job, Board board) {
        Set<String> parties =
                new TreeSet<>(job.parties().stream().map(EnrolledParty::writer).toList());
        this.tail = BoardTail.fromStart(board, parties);
        this.verifier = RecordVerifier.of(job);
    }

    /** Reads what has been added since. */
    public void refresh() {
        for (Optional<BoardEntry> entry = tail.poll(); entry.isPresent(); entry = tail.poll()) {
            String party = entry.get().writer();
            verifier.verify(entry.get())
                    .payload()
                    .filter(Payload::hasBatchOutcome)
                    .ifPresent(payload -> note(party, payload.getBatchOutcome()));
        }
    }

    /** The decision about one record, when two parties agree on it. */
    public Optional<Reason> decision(String contributor, long record) {
        return signers.getOrDefault(new Place(contributor, record), Map.of()).entrySet().stream()
                .filter(reason -> reason.getValue().size() >= SIGNERS)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Number of a contributor's first records after the last of which nothing is decided. */
    public long decidedRecords(String contributor) {
        return decidedUpTo.getOrDefault(contributor, 0L);
    }

    private void note(String party, BatchOutcome outcome) {
        for (Decision decision : outcome.getDecisionsList()) {
            Place place = new Place(decision.getContributor(), decision.getRecord());
            Set<String> agreeing = signers.computeIfAbsent(place, any -> new HashMap<>())
                    .computeIfAbsent(decision.getReason(), any -> new HashSet<>());
            agreeing.add(party);
            if (agreeing.size() >= SIGNERS) {
                decidedUpTo.merge(place.contributor(), place.record() + 1, Math::max);
            }
        }
    }
}
