package io.veilflow.pipeline.contributor;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.BoardTail;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.submission.EncryptionPublicKey;
import io.veilflow.pipeline.wire.EncryptionKey;
import io.veilflow.pipeline.wire.Payload;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The parties' encryption keys as their logs grow: each look reads only what is new, and the parties write all the time. Not
 * thread-safe.
 */
final class PublishedKeys {
    private final BoardTail tail;
    private final RecordVerifier verifier;
    /** By party's log. */
    private final Map<String, EncryptionKey> newest = new HashMap<>();

    PublishedKeys(Board board, RecordVerifier verifier) {
        this.tail = BoardTail.fromStart(
                board,
                Arrays.stream(PartyId.values()).map(EnrolledParty::writer).collect(Collectors.toSet()));
        this.verifier = verifier;
    }

    /** The newest key of every party; nothing while a party has published none. */
    Optional<PartyKeys> current() {
        for (Optional<BoardEntry> entry = tail.poll(); entry.isPresent(); entry = tail.poll()) {
            String log = entry.get().writer();
            verifier.verify(entry.get())
                    .payload()
                    .filter(Payload::hasEncryptionKey)
                    .ifPresent(payload -> note(log, payload.getEncryptionKey()));
        }
        return newest.size() < PartyId.values().length
                ? Optional.empty()
                : Optional.of(new PartyKeys(Arrays.stream(PartyId.values())
                        .map(party -> newest.get(EnrolledParty.writer(party)))
                        .map(key -> new EncryptionPublicKey(key.getPublicKey()))
                        .toList()));
    }

    private void note(String log, EncryptionKey key) {
        EncryptionKey before = newest.get(log);
        boolean usable = key.getPublicKey().size() == EncryptionPublicKey.BYTES;
        if (usable && (before == null || Integer.compareUnsigned(key.getPeriod(), before.getPeriod()) >= 0)) {
            newest.put(log, key);
        }
    }
}
