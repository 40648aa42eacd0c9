package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.ResultMessage;

/**
 * A window's result without a proof: everything that one call of {@code postAttested} carries.
 *
 * @param message the signed statement, attested
 * @param signature of the group, {@value #SIGNATURE_BYTES} bytes
 */
public record AttestedPost(ResultMessage message, ByteString signature) implements Post {
    public static final int SIGNATURE_BYTES = 52;

    public AttestedPost {
        if (message.assurance() != Assurance.ATTESTED) {
            throw new IllegalArgumentException("the statement says " + message.assurance());
        }
        if (signature.size() != SIGNATURE_BYTES) {
            throw new IllegalArgumentException(
                    "signature has " + signature.size() + " bytes, expected " + SIGNATURE_BYTES);
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

    @Override
    public long window() {
        return message.window();
    }

    @Override
    public <R> R read(Reader<R> reader) {
        return reader.attested(this);
    }
}
