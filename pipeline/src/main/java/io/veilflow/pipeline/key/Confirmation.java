package io.veilflow.pipeline.key;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.identity.SigningKey;
import io.veilflow.pipeline.identity.VerificationKey;
import java.util.List;

/**
 * A party's signed word that it has stored its share of exactly this generation. Three of them are the certificate with which a
 * generation takes the place of the one before.
 */
final class Confirmation {
    static final int BYTES = 64;
    private static final String LABEL = "veilflow/group-confirmation/1";

    private Confirmation() {}

    static byte[] sign(PublicGroupKey key, SigningKey signer) {
        return signer.sign(message(key));
    }

    static boolean isValid(PublicGroupKey key, byte[] confirmation, VerificationKey party) {
        return party.verify(message(key), confirmation);
    }

    /** @param parties identity keys of P0, P1, P2 */
    static boolean isCertificate(PublicGroupKey key, List<byte[]> confirmations, List<VerificationKey> parties) {
        if (confirmations.size() != parties.size()) {
            return false;
        }
        for (PartyId party : PartyId.values()) {
            if (!isValid(key, confirmations.get(party.index()), parties.get(party.index()))) {
                return false;
            }
        }
        return true;
    }

    private static byte[] message(PublicGroupKey key) {
        return Hashes.sha256Fields(LABEL, key.encoded());
    }
}
