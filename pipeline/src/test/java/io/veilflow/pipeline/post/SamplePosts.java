package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.ResultMessage;
import java.util.List;

/** Posts of the right form, signed by nobody. */
final class SamplePosts {
    private static final ByteString WORD = ByteString.copyFrom(new byte[32]);

    private SamplePosts() {}

    static Post attested(long chainId) {
        return attested(chainId, 0);
    }

    static Post attested(long chainId, long window) {
        ResultMessage message = new ResultMessage(
                chainId,
                ByteString.copyFromUtf8("a registry's address"),
                WORD,
                window,
                WORD,
                WORD,
                WORD.concat(WORD),
                List.of(WORD),
                Assurance.ATTESTED);
        return new AttestedPost(message, ByteString.copyFrom(new byte[AttestedPost.SIGNATURE_BYTES]));
    }
}
