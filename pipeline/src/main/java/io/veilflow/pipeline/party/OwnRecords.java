package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.BoardException;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.wire.Decision;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.Reason;
import io.veilflow.pipeline.wire.UnitKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What this party had posted in its own log when it was started: which records need not be posted again, and which submissions it has
 * decided. In memory is a hash for each record. Thread-safe.
 */
final class OwnRecords {
    private final Set<ByteString> payloads = new HashSet<>();
    private final Map<String, Decided> decided = new HashMap<>();
    private long lastWindow = -1;

    /** Of one contributor: its last decided record, and its last accepted one, -1 for none. */
    private record Decided(long last, long accepted) {}

    private OwnRecords() {}

    /** @throws BoardException if the log is damaged */
    static OwnRecords read(RecordVerifier verifier, Board board, String writer) {
        OwnRecords records = new OwnRecords();
        forEach(verifier, board, writer, records::note);
        return records;
    }

    /** All records of a party's log in order; what is not its writer's is left out here and holds the job elsewhere. */
    static void forEach(RecordVerifier verifier, Board board, String writer, Consumer<Payload> reader) {
        long index = 0;
        for (Optional<BoardEntry> next = board.read(writer, index);
                next.isPresent();
                next = board.read(writer, ++index)) {
            verifier.verify(next.get()).payload().ifPresent(reader);
        }
    }

    synchronized boolean isEmpty() {
        return payloads.isEmpty();
    }

    synchronized boolean contains(Payload payload) {
        return payloads.contains(hash(payload));
    }

    /**
     * Whether a submission may still be its contributor's book in some window: it is not decided, or is the last one that was
     * accepted. This party decides nothing before every window that it sealed earlier has ended.
     */
    synchronized boolean mayCount(String contributor, long record) {
        Decided known = decided.get(contributor);
        return known == null || record > known.last || record == known.accepted;
    }

    /** The last window of which this party had said anything that binds it, -1 for none. */
    synchronized long lastWindow() {
        return lastWindow;
    }

    /** Stands there from now on. */
    synchronized void note(Payload payload) {
        payloads.add(hash(payload));
        if (payload.hasAcceptList() && payload.getAcceptList().getKind() == UnitKind.WINDOW) {
            lastWindow = Math.max(lastWindow, payload.getAcceptList().getId());
        } else if (payload.hasWindowsSkipped()) {
            lastWindow = Math.max(lastWindow, payload.getWindowsSkipped().getLastWindow());
        }
        payload.getBatchOutcome().getDecisionsList().forEach(this::note);
    }

    private void note(Decision decision) {
        long record = decision.getRecord();
        Decided before = decided.getOrDefault(decision.getContributor(), new Decided(-1, -1));
        boolean accepted = decision.getReason() == Reason.ACCEPTED;
        decided.put(
                decision.getContributor(),
                new Decided(Math.max(before.last, record), accepted ? record : before.accepted));
    }

    private static ByteString hash(Payload payload) {
        return ByteString.copyFrom(Hashes.sha256(payload.toByteArray()));
    }
}
