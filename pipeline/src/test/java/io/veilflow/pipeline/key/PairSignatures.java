package io.veilflow.pipeline.key;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.Ciphersuite;
import io.veilflow.mpc.threshold.GroupSignature;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.mpc.threshold.frost.CommitmentList;
import io.veilflow.mpc.threshold.frost.SignatureAggregation;
import io.veilflow.mpc.threshold.frost.SigningNonces;
import io.veilflow.mpc.threshold.frost.SigningPackage;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;

/** Signatures of every pair of three shares, as the contract checks them. */
public final class PairSignatures {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] MESSAGE = new byte[GroupSignature.MESSAGE_BYTES];

    private PairSignatures() {}

    /**
     * Whether every pair signs for this key.
     *
     * @param shares of P0, P1, P2
     * @param point 33 bytes
     */
    public static boolean verify(List<KeyShare> shares, byte[] point) {
        boolean good = true;
        for (PartyId party : PartyId.values()) {
            good &= signature(shares.get(party.index()), shares.get(party.next().index()))
                    .verifies(point, MESSAGE);
        }
        return good;
    }

    /** Fails if the two are not of one generation. */
    private static GroupSignature signature(KeyShare one, KeyShare other) {
        try (SigningNonces nonces = SigningNonces.draw(Ciphersuite.EVM, one, RANDOM);
                SigningNonces others = SigningNonces.draw(Ciphersuite.EVM, other, RANDOM)) {
            SigningPackage agreed = new SigningPackage(
                    Ciphersuite.EVM,
                    one.group(),
                    MESSAGE,
                    new CommitmentList(List.of(nonces.commitment(), others.commitment())));
            SignatureAggregation combined = SignatureAggregation.of(
                    agreed, Map.of(one.holder(), nonces.sign(agreed), other.holder(), others.sign(agreed)));
            if (combined instanceof SignatureAggregation.Signed signed) {
                return signed.signature().forContract();
            }
            throw new AssertionError("wrong shares: " + combined);
        }
    }
}
