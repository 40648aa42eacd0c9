package io.veilflow.pipeline.account;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.BoardException;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.wire.AccountAnswer;
import io.veilflow.pipeline.wire.Payload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the three parties' logs say about transactions of the group's account, from now on: what stands there already was another life's
 * of this party, and is not answered in this one. A log that is damaged, or a record that is not its writer's, is silence. Of each party {@value
 * #ANSWERS_OF_PARTY} answers are remembered: who posts more loses its own oldest. Not thread-safe.
 */
public final class ProposalLogs {
    private static final int ANSWERS_OF_PARTY = 64;
    private static final int RECORDS_AT_ONCE = 512;
    private static final Logger LOG = LoggerFactory.getLogger(ProposalLogs.class);

    private final Board board;
    private final RecordVerifier verifier;
    private final Map<PartyId, Long> positions = new EnumMap<>(PartyId.class);
    private final Set<PartyId> unreadable = EnumSet.noneOf(PartyId.class);
    private final Map<PartyId, Map<Place, Integer>> answers = new EnumMap<>(PartyId.class);

    private record Place(int proposer, long index) {}

    public ProposalLogs(RecordVerifier verifier, Board board) {
        this.board = board;
        this.verifier = verifier;
        for (PartyId party : PartyId.values()) {
            positions.put(party, board.size(EnrolledParty.writer(party)));
            answers.put(party, new LinkedHashMap<>());
        }
    }

    /** Proposals that are new since the last call; answers are noted. */
    List<Proposal> read() {
        List<Proposal> found = new ArrayList<>();
        for (PartyId party : PartyId.values()) {
            for (int k = 0; k < RECORDS_AT_ONCE; k++) {
                Optional<BoardEntry> entry = next(party);
                if (entry.isEmpty()) {
                    break;
                }
                positions.merge(party, 1L, Long::sum);
                verifier.verify(entry.get()).payload().ifPresent(payload -> note(party, entry.get(), payload, found));
            }
        }
        return found;
    }

    /** Whether all who have to have said that they sign. */
    boolean isAgreed(Proposal proposal) {
        return others(proposal).stream()
                .allMatch(party -> answer(party, proposal).orElse(-1) == 0);
    }

    /** Somebody who has said that it does not sign. */
    Optional<PartyId> refuser(Proposal proposal) {
        return others(proposal).stream()
                .filter(party -> answer(party, proposal).orElse(0) != 0)
                .findFirst();
    }

    /** The first answer of this party, 0 for yes. */
    OptionalInt answer(PartyId party, Proposal proposal) {
        Integer said = answers.get(party).get(new Place(proposal.proposer().index(), proposal.index()));
        return said == null ? OptionalInt.empty() : OptionalInt.of(said);
    }

    private static List<PartyId> others(Proposal proposal) {
        return Arrays.stream(PartyId.values())
                .filter(party -> party != proposal.proposer())
                .toList();
    }

    private Optional<BoardEntry> next(PartyId party) {
        if (unreadable.contains(party)) {
            return Optional.empty();
        }
        try {
            return board.read(EnrolledParty.writer(party), positions.get(party));
        } catch (BoardException damaged) {
            LOG.warn("nothing more of {} counts for the group's account: {}", party, damaged.getMessage());
            unreadable.add(party);
            return Optional.empty();
        }
    }

    private void note(PartyId party, BoardEntry entry, Payload payload, List<Proposal> found) {
        if (payload.hasAccountProposal()) {
            found.add(Proposal.of(party, entry, payload.getAccountProposal()));
        } else if (payload.hasAccountAnswer()) {
            AccountAnswer answer = payload.getAccountAnswer();
            Map<Place, Integer> said = answers.get(party);
            said.putIfAbsent(new Place(answer.getProposer(), answer.getRecord()), answer.getRefusal());
            if (said.size() > ANSWERS_OF_PARTY) {
                Iterator<Place> oldest = said.keySet().iterator();
                oldest.next();
                oldest.remove();
            }
        }
    }
}
