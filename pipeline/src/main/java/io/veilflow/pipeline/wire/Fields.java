package io.veilflow.pipeline.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The unambiguous concatenation under every hash and signature (docs/wire.md, section 1): each field as u32 big-endian
 * length, then its bytes.
 */
public final class Fields {
    private Fields() {}

    /** {@code fields(a, b, ..)}. */
    public static byte[] of(byte[]... fields) {
        int length = 0;
        for (byte[] field : fields) {
            length = Math.addExact(length, Math.addExact(4, field.length));
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        for (byte[] field : fields) {
            bytes.putInt(field.length).put(field);
        }
        return bytes.array();
    }

    /** {@code SHA(fields(label, a, b, ..))}. */
    public static byte[] sha256(String label, byte[]... fields) {
        byte[][] all = new byte[fields.length + 1][];
        all[0] = text(label);
        System.arraycopy(fields, 0, all, 1, fields.length);
        return sha256(of(all));
    }

    public static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    public static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] u32(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    public static byte[] u64(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }
}
