package io.veilflow.pipeline.submission;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.encoding.Hashes;

/**
 * A party's public HPKE key.
 *
 * @param bytes X25519, 32 bytes
 */
public record EncryptionPublicKey(ByteString bytes) {
    public static final int BYTES = 32;
    public static final int ID_BYTES = 16;

    public EncryptionPublicKey {
        if (bytes.size() != BYTES) {
            throw new IllegalArgumentException("an X25519 key has 32 bytes, not " + bytes.size());
        }
    }

    /** First 16 bytes of the key's SHA-256. */
    public ByteString id() {
        return ByteString.copyFrom(Hashes.sha256(bytes.toByteArray()), 0, ID_BYTES);
    }
}
