package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.ResultMessage;
import java.math.BigInteger;
import java.util.List;

/** Posts of the right form, signed by nobody, and transactions of the group's account that send them. */
public final class SamplePosts {
    private static final ByteString WORD = ByteString.copyFrom(new byte[32]);

    private SamplePosts() {}

    public static Post attested(long chainId) {
        return attested(chainId, 0);
    }

    public static Post attested(long chainId, long window) {
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

    /** At the price of one wei for a unit of gas. */
    public static GroupTransaction transaction(Post post, long nonce, long gas) {
        return transaction(post, nonce, gas, 1);
    }

    public static GroupTransaction transaction(Post post, long nonce, long gas, long most) {
        return new GroupTransaction(
                post.chainId(),
                BigInteger.valueOf(nonce),
                BigInteger.valueOf(gas),
                post.registry(),
                Hex.bytes(PostCall.encode(post)),
                BigInteger.ONE,
                BigInteger.valueOf(most));
    }
}
