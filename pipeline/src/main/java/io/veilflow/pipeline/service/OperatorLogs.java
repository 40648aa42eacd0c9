package io.veilflow.pipeline.service;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.BoardException;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.JobDefinition;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.SigningRequest;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the operators have asked for and approved of, as their logs say. A log that is damaged, or a record that is not its writer's, is
 * silence. Of one operator {@value #REQUESTS_OF_OPERATOR} requests with {@value #BYTES_OF_OPERATOR} bytes together count in the life of a
 * job's board, so that nobody can fill the memory of the parties; the first that does not fit ends it. Thread-safe.
 */
public final class OperatorLogs {
    static final int REQUESTS_OF_OPERATOR = 10_000;
    static final long BYTES_OF_OPERATOR = 32L << 20;
    private static final Logger LOG = LoggerFactory.getLogger(OperatorLogs.class);

    private final Board board;
    private final RecordVerifier verifier;
    private final Map<PartyId, Long> positions = new EnumMap<>(PartyId.class);
    private final Set<PartyId> unreadable = EnumSet.noneOf(PartyId.class);
    private final Map<PartyId, Integer> requests = new EnumMap<>(PartyId.class);
    private final Map<PartyId, Long> bytes = new EnumMap<>(PartyId.class);
    private final Set<PartyId> exhausted = EnumSet.noneOf(PartyId.class);
    private final Map<ByteString, Asked> asked = new LinkedHashMap<>();
    private final Map<ByteString, Set<PartyId>> early = new LinkedHashMap<>();

    public OperatorLogs(JobDefinition job, Board board) {
        this.board = board;
        this.verifier = RecordVerifier.of(job);
        for (PartyId party : PartyId.values()) {
            positions.put(party, 0L);
        }
    }

    /**
     * A request with those who approve of it, the one who asks among them.
     *
     * @param place of the request on the board
     */
    public record Asked(ByteString hash, SigningRequest request, PartyId by, String place, Set<PartyId> approvals) {
        public Asked {
            approvals = Collections.unmodifiableSet(EnumSet.copyOf(approvals));
        }

        private Asked approvedBy(Set<PartyId> more) {
            EnumSet<PartyId> all = EnumSet.copyOf(approvals);
            all.addAll(more);
            return new Asked(hash, request, by, place, all);
        }

        /** Whether enough operators approve. */
        public boolean isApproved() {
            return approvals.size() >= SigningTerms.APPROVALS;
        }
    }

    /** Everything so far, in the order of its reading. */
    public synchronized List<Asked> read() {
        for (PartyId party : PartyId.values()) {
            for (Optional<BoardEntry> entry = next(party); entry.isPresent(); entry = next(party)) {
                positions.merge(party, 1L, Long::sum);
                BoardEntry at = entry.get();
                verifier.verify(at).payload().ifPresent(payload -> note(party, at, payload));
            }
        }
        return List.copyOf(asked.values());
    }

    private Optional<BoardEntry> next(PartyId party) {
        if (unreadable.contains(party)) {
            return Optional.empty();
        }
        try {
            return board.read(EnrolledParty.operator(party), positions.get(party));
        } catch (BoardException damaged) {
            LOG.warn("nothing more of the operator of {} counts: {}", party, damaged.getMessage());
            unreadable.add(party);
            return Optional.empty();
        }
    }

    private void note(PartyId party, BoardEntry entry, Payload payload) {
        if (payload.hasSigningRequest()) {
            request(party, entry, payload.getSigningRequest());
        } else if (payload.hasSigningApproval()) {
            ByteString hash = payload.getSigningApproval().getRequest();
            if (asked.computeIfPresent(hash, (same, known) -> known.approvedBy(Set.of(party))) == null
                    && hash.size() == SigningTerms.HASH_BYTES
                    && early.size() < REQUESTS_OF_OPERATOR) {
                // logs are read one after the other
                early.computeIfAbsent(hash, first -> EnumSet.noneOf(PartyId.class))
                        .add(party);
            }
        }
    }

    private void request(PartyId party, BoardEntry entry, SigningRequest request) {
        if (exhausted.contains(party)) {
            return;
        }
        int number = requests.merge(party, 1, Integer::sum);
        long size = bytes.merge(party, (long) request.getSerializedSize(), Long::sum);
        if (number > REQUESTS_OF_OPERATOR || size > BYTES_OF_OPERATOR) {
            LOG.warn(
                    "no request of the operator of {} counts from {} on: it has asked for too much",
                    party,
                    entry.place());
            exhausted.add(party);
            return;
        }
        ByteString hash = SigningTerms.hash(request);
        Set<PartyId> approvals = EnumSet.of(party);
        Optional.ofNullable(early.remove(hash)).ifPresent(approvals::addAll);
        asked.merge(
                hash,
                new Asked(hash, request, party, entry.place(), approvals),
                (known, again) -> known.approvedBy(approvals));
    }
}
