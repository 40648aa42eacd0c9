package io.veilflow.zk.key;

import io.veilflow.zk.statement.Keccak;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The canonical bytes of a verifying key, exactly what the contract stores as code, and their keccak256:
 * {@code commitments || alpha || beta || gamma || delta || sigma of each commitment || K_0 .. K_n} (docs/wire.md section 4).
 * Points are checked by whoever computes with them: the native library and the contract, each at load.
 */
public final class VerifyingKey {
    private static final int G1 = 64;
    private static final int G2 = 128;
    private static final int COMMITMENTS_MAX = 2;
    private static final int GAMMA_AT = 1 + G1 + G2;
    private static final int DELTA_AT = GAMMA_AT + G2;
    private static final int SIGMA_AT = DELTA_AT + G2;

    private final byte[] bytes;
    private final byte[] digest;

    private VerifyingKey(byte[] bytes) {
        this.bytes = bytes;
        this.digest = Keccak.hash(bytes);
    }

    /** @throws KeyException MALFORMED: wrong length, or delta equal to gamma */
    public static VerifyingKey of(byte[] bytes) {
        int commitments = bytes.length == 0 ? 0 : bytes[0];
        int points = bytes.length - SIGMA_AT - commitments * G2;
        if (commitments < 1 || commitments > COMMITMENTS_MAX || points < (2 + commitments) * G1 || points % G1 != 0) {
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

    /** Public inputs of a proof: context and words. Of the points one more is the constant's, and each challenge has one. */
    public int publicInputs() {
        return (bytes.length - SIGMA_AT - commitments() * G2) / G1 - 1 - commitments();
    }

    /** Commitments inside a proof: 1, or 2 for a rule with limbs. */
    public int commitments() {
        return bytes[0];
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
