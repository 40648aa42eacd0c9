package io.veilflow.zk.key;

import io.veilflow.zk.statement.Keccak;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The canonical bytes of a verifying key, exactly what the contract stores as code, and their keccak256:
 * {@code alpha || beta || gamma || delta || sigma || K_0 .. K_n} (docs/wire.md section 4). Points are checked by whoever
 * computes with them: the native library and the contract, each at load.
 */
public final class VerifyingKey {
    private static final int G1 = 64;
    private static final int G2 = 128;
    private static final int GAMMA_AT = G1 + G2;
    private static final int DELTA_AT = GAMMA_AT + G2;
    private static final int POINTS_AT = DELTA_AT + 2 * G2;
    /** The points of the constant and of the commitment's challenge. */
    private static final int POINTS_WITHOUT_INPUT = 2;

    private final byte[] bytes;
    private final byte[] digest;

    private VerifyingKey(byte[] bytes) {
        this.bytes = bytes;
        this.digest = Keccak.hash(bytes);
    }

    /** @throws KeyException MALFORMED: wrong length, or delta equal to gamma */
    public static VerifyingKey of(byte[] bytes) {
        int points = bytes.length - POINTS_AT;
        if (points < (1 + POINTS_WITHOUT_INPUT) * G1 || points % G1 != 0) {
            throw new KeyException(KeyException.Reason.MALFORMED, "verifying key of " + bytes.length + " bytes");
        }
        if (Arrays.equals(bytes, GAMMA_AT, DELTA_AT, bytes, DELTA_AT, DELTA_AT + G2)) {
            throw new KeyException(KeyException.Reason.MALFORMED, "verifying key with delta equal to gamma");
        }
        return new VerifyingKey(bytes.clone());
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** The key digest: keccak256 of the bytes. */
    public byte[] digest() {
        return digest.clone();
    }

    /** Public inputs of a proof: context and words. */
    public int publicInputs() {
        return (bytes.length - POINTS_AT) / G1 - POINTS_WITHOUT_INPUT;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifyingKey that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }

    @Override
    public String toString() {
        return "verifying key " + HexFormat.of().formatHex(digest, 0, 8);
    }
}
