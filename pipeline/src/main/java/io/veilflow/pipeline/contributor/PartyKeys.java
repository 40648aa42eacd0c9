package io.veilflow.pipeline.contributor;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.submission.EncryptionPublicKey;
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

    /** The newest key of every party; nothing while a party has published none. Reads the parties' whole logs. */
    public static Optional<PartyKeys> read(Board board, RecordVerifier verifier) {
        return new PublishedKeys(board, verifier).current();
    }
}
