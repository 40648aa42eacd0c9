package io.veilflow.mpc.threshold.keygen;

import io.veilflow.mpc.threshold.CurvePoint;
import io.veilflow.mpc.threshold.Scalar;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What a dealer says in public. Its hash, which goes first, is over the points alone: the response follows from them and from all
 * dealers' hashes.
 */
record Announcement(PolynomialCommitment commitment, ProofOfPossession proof) {
    static final int POINTS_BYTES = 3 * CurvePoint.BYTES;
    static final int BYTES = POINTS_BYTES + Scalar.BYTES;

    /** A_0 || A_1 || R. */
    static byte[] points(PolynomialCommitment commitment, CurvePoint proofNonce) {
        return ByteBuffer.allocate(POINTS_BYTES)
                .put(commitment.constant().encoded())
                .put(commitment.slope().encoded())
                .put(proofNonce.encoded())
                .array();
    }

    byte[] points() {
        return points(commitment, proof.nonce());
    }

    /** A_0 || A_1 || R || mu. */
    byte[] encoded() {
        return ByteBuffer.allocate(BYTES)
                .put(points())
                .put(proof.response().encoded())
                .array();
    }

    /** @return empty if a part is not in its one encoding */
    static Optional<Announcement> decode(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Optional<CurvePoint> constant = CurvePoint.decode(take(in, CurvePoint.BYTES));
        Optional<CurvePoint> slope = CurvePoint.decode(take(in, CurvePoint.BYTES));
        Optional<CurvePoint> nonce = CurvePoint.decode(take(in, CurvePoint.BYTES));
        Optional<Scalar> response = Scalar.decode(take(in, Scalar.BYTES));
        if (constant.isEmpty() || slope.isEmpty() || nonce.isEmpty() || response.isEmpty() || in.hasRemaining()) {
            return Optional.empty();
        }
        return Optional.of(new Announcement(
                new PolynomialCommitment(constant.get(), slope.get()),
                new ProofOfPossession(nonce.get(), response.get())));
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] out = new byte[Math.min(length, in.remaining())];
        in.get(out);
        return out;
    }
}
