package io.veilflow.pipeline.encoding;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.crypto.digests.KeccakDigest;

/** {@code SHA} and {@code KECCAK} of docs/wire.md, section 1. */
public final class Hashes {
    private static final int BYTES = 32;

    private Hashes() {}

    /** SHA-256 of the parts, one after the other, nothing between them. */
    public static byte[] sha256(byte[]... parts) {
        MessageDigest digest = newSha256();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    /** {@code SHA(fields(label, a, b, ..))}. */
    public static byte[] sha256Fields(String label, byte[]... fields) {
        byte[][] all = new byte[fields.length + 1][];
        all[0] = Fields.text(label);
        System.arraycopy(fields, 0, all, 1, fields.length);
        return sha256(Fields.of(all));
    }

    /** keccak256 as the EVM computes it (not SHA3-256), of the parts, nothing between them. */
    public static byte[] keccak256(byte[]... parts) {
        KeccakDigest digest = new KeccakDigest(8 * BYTES);
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] hash = new byte[BYTES];
        digest.doFinal(hash, 0);
        return hash;
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
