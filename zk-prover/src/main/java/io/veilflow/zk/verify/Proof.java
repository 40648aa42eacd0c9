package io.veilflow.zk.verify;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A proof as it stands on chain: {@code A(64) || B(128) || C(64) || D(64) || PoK(64)}. Groth16 proofs can be changed into
 * other valid proofs of the same statement: never an identifier, never a guard against replay.
 */
public final class Proof {
    public static final int BYTES = 384;
    private static final int COMMITMENT_AT = 64 + 128 + 64;

    private final byte[] bytes;

    private Proof(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException if there are not exactly 384 bytes */
    public static Proof of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException(bytes.length + " bytes, a proof has " + BYTES);
        }
        return new Proof(bytes.clone());
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** The bytes of D, 64; not checked to be a point. */
    public byte[] commitment() {
        return Arrays.copyOfRange(bytes, COMMITMENT_AT, COMMITMENT_AT + 64);
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
