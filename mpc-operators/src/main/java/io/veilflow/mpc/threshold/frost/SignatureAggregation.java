package io.veilflow.mpc.threshold.frost;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.Scalar;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What comes of the two shares of one package: a signature, or whose share is wrong. */
public sealed interface SignatureAggregation {
    /** Both shares are right, and so is the signature. */
    record Signed(SchnorrSignature signature) implements SignatureAggregation {}

    /** @param culprits one or both; their shares do not match their own commitments and verification shares */
    record Refused(Set<PartyId> culprits) implements SignatureAggregation {}

    /**
     * Checks each share and adds them up.
     *
     * @param shares of both signers, 32 bytes big-endian each; another length or a number at or above the order is a wrong share
     * @throws IllegalArgumentException if they are not of the package's two signers
     */
    static SignatureAggregation of(SigningPackage agreed, Map<PartyId, byte[]> shares) {
        if (!shares.keySet().equals(agreed.commitments().signers())) {
            throw new IllegalArgumentException("shares of " + shares.keySet());
        }
        Set<PartyId> culprits = EnumSet.noneOf(PartyId.class);
        Scalar sum = Scalar.of(0);
        for (NonceCommitment entry : agreed.commitments().entries()) {
            Optional<Scalar> share =
                    Scalar.decode(shares.get(entry.signer())).filter(z -> agreed.accepts(entry.signer(), z));
            if (share.isEmpty()) {
                culprits.add(entry.signer());
            } else {
                sum = sum.plus(share.get());
            }
        }
        return culprits.isEmpty()
                ? new Signed(new SchnorrSignature(agreed.nonce(), sum))
                : new Refused(Set.copyOf(culprits));
    }
}
