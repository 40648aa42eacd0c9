package io.veilflow.pipeline.adversary;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.BoardTail;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.wire.BatchOutcome;
import io.veilflow.pipeline.wire.Decision;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.Reason;
import io.veilflow.pipeline.wire.WindowResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the three parties have signed on the board, contradictions included. */
final class PartyRecords {
    private final BoardTail tail;
    private final RecordVerifier verifier;
    private final Map<PartyId, List<Payload>> records = new EnumMap<>(PartyId.class);

    PartyRecords(JobTerms terms, Board board) {
        this.tail = BoardTail.fromStart(
                board,
                Arrays.stream(PartyId.values())
                        .map(EnrolledParty::writer)
                        .collect(Collectors.toCollection(TreeSet::new)));
        this.verifier = RecordVerifier.of(terms.definition());
    }

    List<WindowResult> results(PartyId party, long window) {
        return of(party).stream()
                .filter(Payload::hasWindowResult)
                .map(Payload::getWindowResult)
                .filter(result -> result.getWindow() == window)
                .toList();
    }

    /** What a party has signed about a record. */
    Optional<Reason> decision(PartyId party, String contributor, long record) {
        return of(party).stream()
                .filter(Payload::hasBatchOutcome)
                .map(Payload::getBatchOutcome)
                .map(BatchOutcome::getDecisionsList)
                .flatMap(List::stream)
                .filter(decision -> decision.getContributor().equals(contributor) && decision.getRecord() == record)
                .map(Decision::getReason)
                .findFirst();
    }

    private List<Payload> of(PartyId party) {
        for (Optional<BoardEntry> entry = tail.poll(); entry.isPresent(); entry = tail.poll()) {
            String writer = entry.get().writer();
            PartyId author = Arrays.stream(PartyId.values())
                    .filter(id -> EnrolledParty.writer(id).equals(writer))
                    .findFirst()
                    .orElseThrow();
            verifier.verify(entry.get()).payload().ifPresent(payload -> records.computeIfAbsent(
                            author, any -> new ArrayList<>())
                    .add(payload));
        }
        return records.getOrDefault(party, List.of());
    }
}
