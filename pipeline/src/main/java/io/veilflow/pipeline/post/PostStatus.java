package io.veilflow.pipeline.post;

import java.util.Optional;

/**
 * How far a post has come.
 *
 * @param receipt of the transaction that recorded it; there if and only if it is settled
 */
public record PostStatus(State state, Optional<PostReceipt> receipt) {
    /** What the registry holds in the place of the post, and how deep it lies. */
    public enum State {
        /** Nothing: it has to be sent. */
        OPEN,
        /** The same result without a proof: sending the proof makes it a proven one. */
        IMPROVABLE,
        /** This, but not deep enough to stay, or nodes differ about it. */
        SHALLOW,
        /** This, for good. */
        SETTLED,
        /** Another statement, not deep enough to stay. */
        CONTESTED,
        /** Another statement, for good. */
        DISPLACED;

        /** Whether what comes behind this post can be sent. */
        public boolean isRecorded() {
            return this != OPEN;
        }
    }

    public PostStatus {
        if (receipt.isPresent() != (state == State.SETTLED)) {
            throw new IllegalArgumentException(state + (receipt.isPresent() ? " with" : " without") + " a receipt");
        }
    }

    public static PostStatus of(State state) {
        return new PostStatus(state, Optional.empty());
    }

    public static PostStatus settled(PostReceipt receipt) {
        return new PostStatus(State.SETTLED, Optional.of(receipt));
    }
}
