package io.veilflow.zk.verify;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A proof as it stands on chain: {@code A(64) || B(128) || C(64) || D(64) || PoK(64)}, and D2(64) after D where the circuit commits
 * to limbs too. Groth16 proofs can be changed into other valid proofs of the same statement: never an identifier, never a guard
 * against replay.
 */
public final class Proof {
    private static final int POINT_BYTES = 64;
    private static final int COMMITMENT_AT = 4 * POINT_BYTES;

    private final byte[] bytes;

    private Proof(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException if there are not exactly 384 or 448 bytes */
    public static Proof of(byte[] bytes) {
        if (bytes.length != bytesWith(1) && bytes.length != bytesWith(2)) {
            throw new IllegalArgumentException(
                    bytes.length + " bytes, a proof has " + bytesWith(1) + " or " + bytesWith(2));
        }
        return new Proof(bytes.clone());
    }

    /** Length of a proof with one or two commitments. */
    public static int bytesWith(int commitments) {
        return COMMITMENT_AT + (commitments + 1) * POINT_BYTES;
    }

    /** How many commitments are in it. */
    public int commitments() {
        return bytes.length == bytesWith(1) ? 1 : 2;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** The bytes of D, the commitment to the books, 64; not checked to be a point. */
    public byte[] commitment() {
        return Arrays.copyOfRange(bytes, COMMITMENT_AT, COMMITMENT_AT + POINT_BYTES);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Proof that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "proof " + HexFormat.of().formatHex(bytes, 0, 8);
    }
}
