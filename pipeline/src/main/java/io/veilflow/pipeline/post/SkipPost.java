package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.sign.SkipMessage;

/**
 * Windows without a result: everything that one call of {@code skipWindows} carries.
 *
 * @param message the signed statement
 * @param signature of the group, {@value AttestedPost#SIGNATURE_BYTES} bytes
 */
public record SkipPost(SkipMessage message, ByteString signature) implements Post {
    public SkipPost {
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

    /** The first of them: the registry takes the skip when this one is next. */
    @Override
    public long window() {
        return message.firstWindow();
    }

    @Override
    public <R> R read(Reader<R> reader) {
        return reader.skipped(this);
    }
}
