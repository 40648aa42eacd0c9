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
 * What the parties decided about some contributors' records, read from the board alone: a decision counts when two parties have
 * signed the same one. Of every other contributor nothing is kept. Not thread-safe.
 */
public final class DecisionLedger {
    private static final int SIGNERS = 2;

    private record Place(String contributor, long record) {}

    private final BoardTail tail;
    private final RecordVerifier verifier;
    private final Set<String> contributors;
    /** Of records that nothing is decided about yet. */
    private final Map<Place, Map<Reason, Set<String>>> signers = new HashMap<>();

    private final Map<Place, Reason> decided = new HashMap<>();
    private final Map<String, Long> decidedUpTo = new HashMap<>();

    /** @param contributors whose records will be asked for */
    public DecisionLedger(JobDefinition job, Board board, Set<String> contributors) {
        Set<String> parties =
                new TreeSet<>(job.parties().stream().map(EnrolledParty::writer).toList());
        this.tail = BoardTail.fromStart(board, parties);
        this.verifier = RecordVerifier.of(job);
        this.contributors = Set.copyOf(contributors);
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
        return Optional.ofNullable(decided.get(new Place(contributor, record)));
    }

    /** Number of a contributor's first records after the last of which nothing is decided. */
    public long decidedRecords(String contributor) {
        return decidedUpTo.getOrDefault(contributor, 0L);
    }

    private void note(String party, BatchOutcome outcome) {
        for (Decision decision : outcome.getDecisionsList()) {
            Place place = new Place(decision.getContributor(), decision.getRecord());
            if (contributors.contains(place.contributor()) && !decided.containsKey(place)) {
                note(party, place, decision.getReason());
            }
        }
    }

    private void note(String party, Place place, Reason reason) {
        Set<String> agreeing =
                signers.computeIfAbsent(place, any -> new HashMap<>()).computeIfAbsent(reason, any -> new HashSet<>());
        agreeing.add(party);
        if (agreeing.size() >= SIGNERS) {
            signers.remove(place);
            decided.put(place, reason);
            decidedUpTo.merge(place.contributor(), place.record() + 1, Math::max);
        }
    }
}
