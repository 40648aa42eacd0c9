package io.veilflow.pipeline.post;

/** One registry on one chain, to read and to post to. */
public interface Chain extends ChainView {
    /**
     * How far a post has come. Looks only.
     *
     * @throws SettlementException UNREACHABLE or WRONG_CHAIN
     * @throws IllegalArgumentException if the post is for another registry or chain
     */
    PostStatus status(Post post);

    /**
     * Sends a post, if it is not there already, and waits until its transaction is in a block: whether it stays there, and whether
     * another poster was faster, {@link #status} tells. Calling again is always safe.
     *
     * @throws SettlementException if it was not sent or is in no block, with a {@link SettlementException.Reason} that says
     *     whether it is worth another try
     */
    void post(Post post);
}
