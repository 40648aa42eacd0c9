package io.veilflow.mpc.threshold;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** {@code hash_to_field} of RFC 9380, section 5.2, onto one scalar: expand_message_xmd with SHA-256, 48 bytes. */
public final class HashToScalar {
    private static final int LENGTH = 48;
    private static final int BLOCK = 64;

    private HashToScalar() {}

    /** @param tag domain separation tag, at most 255 bytes of ASCII */
    public static Scalar hash(String tag, byte[]... parts) {
        byte[] text = tag.getBytes(StandardCharsets.US_ASCII);
        byte[] suffix = Arrays.copyOf(text, text.length + 1);
        suffix[text.length] = (byte) text.length;
        MessageDigest sha = sha256();
        sha.update(new byte[BLOCK]);
        for (byte[] part : parts) {
            sha.update(part);
        }
        sha.update(new byte[] {0, LENGTH, 0});
        byte[] first = sha.digest(suffix);
        byte[] out = new byte[LENGTH];
        byte[] before = new byte[first.length];
        for (int at = 0, block = 1; at < LENGTH; at += first.length, block++) {
            for (int k = 0; k < first.length; k++) {
                before[k] ^= first[k];
            }
            sha.update(before);
            sha.update((byte) block);
            before = sha.digest(suffix);
            System.arraycopy(before, 0, out, at, Math.min(before.length, LENGTH - at));
        }
        return Scalar.reduce(out);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
