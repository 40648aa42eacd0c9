package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.journal.Journal;
import io.veilflow.pipeline.journal.JournalEntry;
import io.veilflow.pipeline.journal.JournalException;
import io.veilflow.pipeline.wire.AcceptList;
import io.veilflow.pipeline.wire.BatchOutcome;
import io.veilflow.pipeline.wire.ForwardedBooks;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.UnitKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The journal of a party that has lost its machine, from the board: what binds a party was posted, or nobody has heard it. The rest comes from the
 * others when the party connects: the next epoch is above all that they have journalled, the next attempt too. They take this journal instead
 * of the one that they know only if they hold shares of the same generation ({@link PeerHeads}).
 *
 * <p>Not on the board, and gone: failed checks that only this party had counted, which the others count for themselves; and components
 * that the others had forwarded to it, for which the submission has to be made anew.
 */
final class JournalRebuild {
    private static final UnitKind NO_UNIT = UnitKind.UNIT_KIND_UNSPECIFIED;

    private final RecordVerifier records;
    private final Board board;
    private final PartyId self;

    JournalRebuild(JobTerms terms, Board board, PartyId self) {
        this.records = RecordVerifier.of(terms.definition());
        this.board = board;
        this.self = self;
    }

    /**
     * Fills an empty journal.
     *
     * @param keyGeneration of this party's share of the result key
     * @return number of entries
     * @throws JournalException if the journal is not empty, the shares were not refreshed, or something is missing that only this party had
     */
    int into(Journal journal, int keyGeneration) {
        if (journal.head().entries() > 0) {
            throw new JournalException(
                    "the journal is not empty: only a lost one is built again. Start the party with it");
        }
        if (keyGeneration < 2) {
            throw new JournalException("the shares were never refreshed: the two others replace this party's first"
                    + " (keys replace " + self + "), so that the lost ones are useless");
        }
        List<JournalEntry> entries = entries(keyGeneration);
        entries.forEach(journal::append);
        return entries.size();
    }

    /** All of them before the first is stored: a refusal leaves the journal empty. */
    private List<JournalEntry> entries(int keyGeneration) {
        List<JournalEntry> entries = new ArrayList<>();
        entries.add(new JournalEntry(JournalEntry.Type.REBUILT, NO_UNIT, 0, keyGeneration, ByteString.EMPTY));
        Map<Long, AcceptList> firstLists = new HashMap<>();
        Map<Long, BatchOutcome> decided = outcomes(self);
        OwnRecords.forEach(records, board, EnrolledParty.writer(self), payload -> {
            BindingRecord.entry(payload).ifPresent(entries::add);
            if (payload.hasAcceptList()) {
                dispute(firstLists, payload.getAcceptList()).ifPresent(entries::add);
            }
        });
        decidedByTheOthers(firstLists, decided).stream()
                .map(outcome -> Payload.newBuilder().setBatchOutcome(outcome).build())
                .forEach(outcome -> BindingRecord.entry(outcome).ifPresent(entries::add));
        return entries;
    }

    /** A second list of a batch says that a dispute was settled; of what was forwarded to this party itself nothing is left. */
    private Optional<JournalEntry> dispute(Map<Long, AcceptList> firstLists, AcceptList list) {
        if (list.getKind() != UnitKind.BATCH) {
            return Optional.empty();
        }
        AcceptList first = firstLists.putIfAbsent(list.getId(), list);
        if (first == null || list.getRound() == Sealer.ROUND) {
            return Optional.empty();
        }
        if (!first.getDecisionsList().equals(list.getDecisionsList())) {
            throw new JournalException(
                    "batch " + list.getId() + ": the two others forwarded to this party what it could not"
                            + " open, and that is lost with the journal: the job has to be begun anew");
        }
        return Optional.of(new JournalEntry(
                JournalEntry.Type.FORWARDED,
                UnitKind.BATCH,
                list.getId(),
                1,
                ForwardedBooks.getDefaultInstance().toByteString()));
    }

    /**
     * Batches that this party has sealed and perhaps seen through, and not posted: what both others say of one is so, because one of them is
     * honest.
     */
    private List<BatchOutcome> decidedByTheOthers(Map<Long, AcceptList> lists, Map<Long, BatchOutcome> decided) {
        Map<Long, BatchOutcome> next = outcomes(self.next());
        Map<Long, BatchOutcome> previous = outcomes(self.previous());
        List<BatchOutcome> missing = new ArrayList<>();
        for (long batch : lists.keySet().stream().sorted().toList()) {
            BatchOutcome one = next.get(batch);
            BatchOutcome other = previous.get(batch);
            if (!decided.containsKey(batch) && (one != null || other != null)) {
                if (one == null || !one.equals(other)) {
                    throw new JournalException(
                            "batch " + batch + ": the two others have not both posted the same outcome."
                                    + " Let them go on until they have, then build the journal");
                }
                missing.add(one);
            }
        }
        return missing;
    }

    private Map<Long, BatchOutcome> outcomes(PartyId party) {
        Map<Long, BatchOutcome> outcomes = new HashMap<>();
        OwnRecords.forEach(records, board, EnrolledParty.writer(party), payload -> {
            if (payload.hasBatchOutcome()) {
                outcomes.putIfAbsent(payload.getBatchOutcome().getId(), payload.getBatchOutcome());
            }
        });
        return outcomes;
    }
}
