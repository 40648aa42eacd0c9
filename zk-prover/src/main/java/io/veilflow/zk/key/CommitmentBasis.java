package io.veilflow.zk.key;

import io.veilflow.nativelib.NativeProver;
import io.veilflow.zk.commitment.G1Point;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * The points that contributors commit with: one per book wire, the mask's last (PROTOCOLS section 8.4). It is part of the
 * proving key, so a commitment under it is one to wires of the proof. A contributor needs nothing else.
 */
public final class CommitmentBasis {
    private static final int DIGEST_BYTES = 32;

    private final byte[] points;
    private final byte[] digest;

    private CommitmentBasis(byte[] points, byte[] digest) {
        this.points = points;
        this.digest = digest;
    }

    /**
     * Checks every point: on the curve, not the identity, no two alike (they would bind only the sum of two wires).
     *
     * @throws KeyException MALFORMED
     */
    public static CommitmentBasis of(byte[] points) {
        if (points.length % G1Point.BYTES != 0 || points.length < 2 * G1Point.BYTES) {
            throw new KeyException(KeyException.Reason.MALFORMED, "commitment basis of " + points.length + " bytes");
        }
        Set<ByteBuffer> distinct = new HashSet<>();
        for (int at = 0; at < points.length; at += G1Point.BYTES) {
            if (!distinct.add(ByteBuffer.wrap(points, at, G1Point.BYTES))) {
                throw new KeyException(
                        KeyException.Reason.MALFORMED,
                        "commitment basis: point " + at / G1Point.BYTES + " stands there twice");
            }
        }
        if (!NativeProver.isOnCurve(points)) {
            throw new KeyException(
                    KeyException.Reason.MALFORMED, "commitment basis: a point is off the curve or the identity");
        }
        return new CommitmentBasis(points.clone(), sha256(points));
    }

    /** @throws KeyException DIGEST_MISMATCH if it is not the basis that the job names */
    public CommitmentBasis requireDigest(byte[] expected) {
        if (expected.length != DIGEST_BYTES || !Arrays.equals(expected, digest)) {
            throw new KeyException(KeyException.Reason.DIGEST_MISMATCH, this + " is not the job's");
        }
        return this;
    }

    /** Book wires. */
    public int wires() {
        return points.length / G1Point.BYTES - 1;
    }

    /** K_i of book wire i. */
    public G1Point slotPoint(int wire) {
        if (wire < 0 || wire >= wires()) {
            throw new IndexOutOfBoundsException("book wire " + wire + " of " + wires());
        }
        return point(wire);
    }

    /** K_mask. */
    public G1Point maskPoint() {
        return point(wires());
    }

    /** Points of consecutive book wires, 64 bytes each, then the mask's. */
    public byte[] pointsWithMask(int firstWire, int count) {
        if (firstWire < 0 || count < 0 || firstWire > wires() - count) {
            throw new IndexOutOfBoundsException(
                    "book wires " + firstWire + " to " + (firstWire + count - 1) + " of " + wires());
        }
        byte[] chosen = new byte[(count + 1) * G1Point.BYTES];
        System.arraycopy(points, firstWire * G1Point.BYTES, chosen, 0, count * G1Point.BYTES);
        System.arraycopy(points, wires() * G1Point.BYTES, chosen, count * G1Point.BYTES, G1Point.BYTES);
        return chosen;
    }

    /** All points, the basis file of a contributor. */
    public byte[] bytes() {
        return points.clone();
    }

    /** SHA-256 of the points. */
    public byte[] digest() {
        return digest.clone();
    }

    @Override
    public String toString() {
        return "commitment basis " + HexFormat.of().formatHex(digest, 0, 8) + " of " + wires() + " wires";
    }

    private G1Point point(int index) {
        return G1Point.ofChecked(Arrays.copyOfRange(points, index * G1Point.BYTES, (index + 1) * G1Point.BYTES));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
