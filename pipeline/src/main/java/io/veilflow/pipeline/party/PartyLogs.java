package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.BoardTail;
import io.veilflow.pipeline.board.RecordOutcome;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.window.Sealing;
import io.veilflow.pipeline.window.SealingException;
import io.veilflow.pipeline.wire.AcceptList;
import io.veilflow.pipeline.wire.BatchOutcome;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.UnitKind;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the three parties have signed on the board so far: lists and manifest signatures, outcomes of batches. What they state about
 * results is the {@link io.veilflow.pipeline.sign.SigningBoard}'s matter, since there one party must not stop the others. A party that signs two different things for one place contradicts itself, and the job holds. Used by the
 * driver's thread only.
 */
final class PartyLogs {
    private record Place(PartyId party, long id) {}

    private final BoardTail tail;
    private final RecordVerifier verifier;
    private final Sealing sealing;
    /** Of batches that have not ended; of all of them the hash, so that a second outcome is found out for good. */
    private final Map<Place, BatchOutcome> outcomes = new HashMap<>();

    private final Map<Place, ByteString> outcomeHashes = new HashMap<>();
    private final Deque<AcceptList> proposals = new ArrayDeque<>();
    private int proposalsEnded;
    private long batchesEnded;
    private boolean ended;

    PartyLogs(JobTerms terms, RecordVerifier verifier, Board board) {
        TreeSet<String> writers = new TreeSet<>();
        Stream.of(PartyId.values()).map(EnrolledParty::writer).forEach(writers::add);
        this.tail = BoardTail.fromStart(board, writers);
        this.verifier = verifier;
        this.sealing = new Sealing(terms);
    }

    /**
     * Reads what has been added since.
     *
     * @throws JobHeldException if a party's log is damaged, not its own, or contradicts itself
     */
    void refresh() {
        for (Optional<BoardEntry> entry = tail.poll(); entry.isPresent(); entry = tail.poll()) {
            note(entry.get());
        }
        tail.damage().values().stream().findFirst().ifPresent(damage -> {
            throw new JobHeldException("a party's log cannot be read: " + damage.getMessage(), damage);
        });
    }

    Sealing sealing() {
        return sealing;
    }

    /** P0's first list of its k-th unit, from 0, if it is on the board. Their order is that of all units. Never asked for an earlier k. */
    Optional<AcceptList> proposal(int k) {
        while (proposalsEnded < k && !proposals.isEmpty()) {
            proposals.remove();
            proposalsEnded++;
        }
        return proposalsEnded == k ? Optional.ofNullable(proposals.peek()) : Optional.empty();
    }

    /** Whether P0 has said that no further unit follows. */
    boolean haveEnded() {
        return ended;
    }

    /** What was signed for a unit is not asked for again, and let go of; units of a kind end in order. */
    void unitEnded(UnitId unit) {
        sealing.unitEnded(unit.kind(), unit.id());
        if (unit.kind() == UnitKind.BATCH) {
            batchesEnded = unit.id() + 1;
            outcomes.keySet().removeIf(place -> place.id < batchesEnded);
        }
    }

    Optional<BatchOutcome> batchOutcome(PartyId party, long batch) {
        return Optional.ofNullable(outcomes.get(new Place(party, batch)));
    }

    /** What two parties say of a batch in the same words is so: one of them is honest. */
    Optional<BatchOutcome> agreedOutcome(long batch) {
        List<BatchOutcome> posted = Stream.of(PartyId.values())
                .flatMap(party -> batchOutcome(party, batch).stream())
                .toList();
        return posted.stream()
                .filter(outcome -> Collections.frequency(posted, outcome) > 1)
                .findFirst();
    }

    private void note(BoardEntry entry) {
        RecordOutcome outcome = verifier.verify(entry);
        if (outcome instanceof RecordOutcome.Refused refused) {
            throw new JobHeldException(entry.place() + ": " + refused.reason());
        }
        try {
            note(entry, party(entry.writer()), outcome.payload().orElseThrow());
        } catch (SealingException contradiction) {
            throw new JobHeldException(entry.place() + ": " + contradiction.getMessage(), contradiction);
        }
    }

    private void note(BoardEntry entry, PartyId party, Payload payload) {
        switch (payload.getBodyCase()) {
            case ACCEPT_LIST -> list(party, payload.getAcceptList());
            case MANIFEST_SIGNATURE -> sealing.signature(party, payload.getManifestSignature());
            case BATCH_OUTCOME -> outcome(entry, party, payload.getBatchOutcome());
            case ENCRYPTION_KEY,
                    MANIFEST,
                    WINDOW_RESULT,
                    WINDOWS_SKIPPED,
                    WINDOW_POSTED,
                    OUTPUT_READY,
                    OUTPUT_ECHO,
                    OUTPUT_OPENING,
                    OUTPUT_ABORTED,
                    NONCE_COMMITMENTS,
                    SIGNATURE_SHARE,
                    GROUP_SIGNED,
                    SIGNING_REFUSAL,
                    ACCOUNT_PROPOSAL,
                    ACCOUNT_ANSWER -> {}
            case END -> end(entry, party);
            case SUBMISSION, WITHDRAWAL, TICK, SIGNING_REQUEST, SIGNING_APPROVAL, BODY_NOT_SET ->
                throw new JobHeldException(entry.place() + " is nothing that a party writes");
        }
    }

    private void end(BoardEntry entry, PartyId party) {
        if (party != PartyId.P0) {
            throw new JobHeldException(entry.place() + " is nothing that " + party + " writes");
        }
        ended = true;
    }

    private void list(PartyId party, AcceptList list) {
        boolean proposes = party == PartyId.P0
                && list.getRound() == Sealer.ROUND
                && !sealing.hasListed(party, list.getKind(), list.getId(), list.getRound());
        sealing.list(party, list);
        if (proposes) {
            if (ended) {
                throw new JobHeldException("P0 proposes " + new UnitId(list.getKind(), list.getId())
                        + " after it has said that the job has ended");
            }
            proposals.add(list);
        }
    }

    private void outcome(BoardEntry entry, PartyId party, BatchOutcome outcome) {
        Place place = new Place(party, outcome.getId());
        ByteString hash = ByteString.copyFrom(Hashes.sha256(outcome.toByteArray()));
        ByteString before = outcomeHashes.putIfAbsent(place, hash);
        if (before != null && !before.equals(hash)) {
            throw new JobHeldException(entry.place() + " contradicts what " + party + " signed before");
        }
        if (place.id >= batchesEnded) {
            outcomes.put(place, outcome);
        }
    }

    private static PartyId party(String writer) {
        return Stream.of(PartyId.values())
                .filter(party -> EnrolledParty.writer(party).equals(writer))
                .findFirst()
                .orElseThrow();
    }
}
