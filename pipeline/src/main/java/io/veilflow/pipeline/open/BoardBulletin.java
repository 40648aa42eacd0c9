package io.veilflow.pipeline.open;

import io.veilflow.mpc.fair.FairMessage;
import io.veilflow.mpc.fair.OpeningBulletin;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.BoardException;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.job.EnrolledParty;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parties' logs as the bulletin of one opening. Reads from where the logs ended when it was made, which must be before
 * this party signs the opening's times: nothing of it is posted earlier. A log that is damaged, or records that are not its writer's, are
 * silence here; that they hold the job is decided elsewhere and later. Not thread-safe.
 */
final class BoardBulletin implements OpeningBulletin {
    private static final int RECORDS_AT_ONCE = 16;

    private final Board board;
    private final BoardWriter own;
    private final RecordVerifier verifier;
    private final OpeningRecords records;
    private final Map<PartyId, Long> positions = new EnumMap<>(PartyId.class);

    BoardBulletin(Board board, BoardWriter own, RecordVerifier verifier, OpeningRecords records) {
        this.board = board;
        this.own = own;
        this.verifier = verifier;
        this.records = records;
        for (PartyId party : PartyId.values()) {
            positions.put(party, board.size(EnrolledParty.writer(party)));
        }
    }

    @Override
    public void post(FairMessage message) {
        own.append(records.payload(message));
    }

    @Override
    public List<FairMessage> read(PartyId peer) {
        List<FairMessage> messages = new ArrayList<>();
        for (int k = 0; k < RECORDS_AT_ONCE; k++) {
            Optional<BoardEntry> entry = next(peer);
            if (entry.isEmpty()) {
                break;
            }
            positions.put(peer, entry.get().index() + 1);
            verifier.verify(entry.get()).payload().flatMap(records::message).ifPresent(messages::add);
        }
        return messages;
    }

    private Optional<BoardEntry> next(PartyId peer) {
        try {
            return board.read(EnrolledParty.writer(peer), positions.get(peer));
        } catch (BoardException unreadable) {
            if (unreadable.reason() != BoardException.Reason.DAMAGED) {
                throw unreadable;
            }
            return Optional.empty();
        }
    }
}
