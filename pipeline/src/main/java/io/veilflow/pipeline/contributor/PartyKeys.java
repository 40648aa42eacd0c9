package io.veilflow.pipeline.contributor;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.submission.EncryptionPublicKey;
import io.veilflow.pipeline.wire.EncryptionKey;
import io.veilflow.pipeline.wire.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The encryption keys of the three parties, each as the party itself signed it on the board.
 *
 * @param keys of party 0, 1, 2
 */
public record PartyKeys(List<EncryptionPublicKey> keys) {
    public PartyKeys {
        keys = List.copyOf(keys);
        if (keys.size() != PartyId.values().length) {
            throw new IllegalArgumentException(keys.size() + " party keys");
        }
    }

    public EncryptionPublicKey of(PartyId party) {
        return keys.get(party.index());
    }

    /** The newest key of every party; nothing while a party has published none. */
    public static Optional<PartyKeys> read(Board board, RecordVerifier verifier) {
        List<EncryptionPublicKey> keys = new ArrayList<>();
        for (PartyId party : PartyId.values()) {
            newest(board, verifier, EnrolledParty.writer(party)).ifPresent(keys::add);
        }
        return keys.size() == PartyId.values().length ? Optional.of(new PartyKeys(keys)) : Optional.empty();
    }

    private static Optional<EncryptionPublicKey> newest(Board board, RecordVerifier verifier, String log) {
        EncryptionKey newest = null;
        long records = board.size(log);
        for (long index = 0; index < records; index++) {
            BoardEntry entry = board.read(log, index).orElseThrow();
            Optional<Payload> payload = verifier.verify(entry).payload();
            if (payload.isPresent() && payload.get().hasEncryptionKey()) {
                EncryptionKey key = payload.get().getEncryptionKey();
                boolean usable = key.getPublicKey().size() == EncryptionPublicKey.BYTES;
                if (usable && (newest == null || Integer.compareUnsigned(key.getPeriod(), newest.getPeriod()) >= 0)) {
                    newest = key;
                }
            }
        }
        return Optional.ofNullable(newest).map(key -> new EncryptionPublicKey(key.getPublicKey()));
    }
}
