package io.veilflow.pipeline.encoding;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

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

    /**
     * The fields of {@code bytes}.
     *
     * @param lengths of the fields expected, in order
     * @throws IllegalArgumentException if the bytes are anything else; the message holds no bytes
     */
    public static byte[][] split(byte[] bytes, int... lengths) {
        long expected = 0;
        for (int length : lengths) {
            expected += 4L + length;
        }
        if (bytes.length != expected) {
            throw new IllegalArgumentException(bytes.length + " bytes of fields, expected " + expected);
        }
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        byte[][] fields = new byte[lengths.length][];
        for (int i = 0; i < lengths.length; i++) {
            int length = rest.getInt();
            if (length != lengths[i]) {
                throw new IllegalArgumentException("field " + i + " has " + length + " bytes, expected " + lengths[i]);
            }
            fields[i] = new byte[length];
            rest.get(fields[i]);
        }
        return fields;
    }

    /** UTF-8. */
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
