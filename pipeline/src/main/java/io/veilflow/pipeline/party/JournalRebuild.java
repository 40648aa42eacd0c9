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
import io.veilflow.pipeline.wire.ForwardedBooks;
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
        OwnRecords.forEach(records, board, EnrolledParty.writer(self), payload -> {
            BindingRecord.entry(payload).ifPresent(entries::add);
            if (payload.hasAcceptList()) {
                dispute(firstLists, payload.getAcceptList()).ifPresent(entries::add);
            }
        });
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
}
