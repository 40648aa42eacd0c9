package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.sign.RotationMessage;

/**
 * The group's next key: everything that one call of {@code rotateKey} carries. The registry takes it whatever window is next, as long
 * as that is below the first one of the new key.
 *
 * @param message the signed statement
 * @param signature of the group's newest key, {@value AttestedPost#SIGNATURE_BYTES} bytes
 */
public record RotationPost(RotationMessage message, ByteString signature) implements Post {
    public RotationPost {
        if (signature.size() != AttestedPost.SIGNATURE_BYTES) {
            throw new IllegalArgumentException(
                    "signature has " + signature.size() + " bytes, expected " + AttestedPost.SIGNATURE_BYTES);
        }
    }

    @Override
    public long chainId() {
        return message.chainId();
    }

    @Override
    public ByteString registry() {
        return message.registry();
    }

    @Override
    public ByteString jobId() {
        return message.jobId();
    }

    /** The first window of the new key. */
    @Override
    public long window() {
        return message.fromWindow();
    }

    @Override
    public <R> R read(Reader<R> reader) {
        return reader.rotated(this);
    }
}
