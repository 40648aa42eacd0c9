package io.veilflow.pipeline.journal;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;

/**
 * A place in a journal.
 *
 * @param entries how many there are up to here
 * @param hash over all of them, 32 bytes
 */
public record JournalHead(long entries, ByteString hash) {
    private static final int BYTES = 8 + 32;

    public JournalHead {
        if (entries < 0 || hash.size() != 32) {
            throw new IllegalArgumentException("head behind " + entries + " entries with " + hash.size() + " bytes");
        }
    }

    /** u64 entries, hash. */
    public byte[] bytes() {
        return ByteBuffer.allocate(BYTES)
                .putLong(entries)
                .put(hash.asReadOnlyByteBuffer())
                .array();
    }

    /** @throws IllegalArgumentException if it is none */
    public static JournalHead read(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a journal's head of " + bytes.length + " bytes");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new JournalHead(in.getLong(), ByteString.copyFrom(in));
    }
}
