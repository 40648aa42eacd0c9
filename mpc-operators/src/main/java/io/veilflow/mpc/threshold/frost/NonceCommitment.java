package io.veilflow.mpc.threshold.frost;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.CurvePoint;
import io.veilflow.mpc.threshold.Scalar;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * A signer's two nonces times the generator, for one signature.
 *
 * @param hiding D
 * @param binding E
 */
public record NonceCommitment(PartyId signer, CurvePoint hiding, CurvePoint binding) {
    /** @throws IllegalArgumentException if one is infinity */
    public NonceCommitment {
        if (hiding.isInfinity() || binding.isInfinity()) {
            throw new IllegalArgumentException("a commitment of " + signer + " is infinity");
        }
    }

    /** Empty unless both are 33 bytes that encode a point. */
    public static Optional<NonceCommitment> decode(PartyId signer, byte[] hiding, byte[] binding) {
        return CurvePoint.decode(hiding)
                .flatMap(first -> CurvePoint.decode(binding).map(second -> new NonceCommitment(signer, first, second)));
    }

    /** As in RFC 9591, section 4.3: identifier, D, E. */
    void writeTo(ByteArrayOutputStream out) {
        out.writeBytes(Scalar.identifier(signer).encoded());
        out.writeBytes(hiding.encoded());
        out.writeBytes(binding.encoded());
    }
}
