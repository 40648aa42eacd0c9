package io.veilflow.pipeline.account;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.post.GroupTransaction;
import io.veilflow.pipeline.post.Post;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The posts that this party's own engine stands behind and that are not on the chain for good. Thread-safe. */
public final class StandingPosts {
    private final Map<ByteString, Standing> standing = new ConcurrentHashMap<>();

    private record Standing(Post post, Predicate<ByteString> proves) {}

    /** @param proves whether another proof than the post's own, of the length of proofs, is one of its statement */
    public void add(Post post, Predicate<ByteString> proves) {
        standing.put(statement(post), new Standing(post, proves));
    }

    public void remove(Post post) {
        standing.remove(statement(post));
    }

    /** What names a statement on the board: the 32 bytes that the group signs. */
    static ByteString statement(Post post) {
        return ByteString.copyFrom(post.message().digest());
    }

    Optional<Post> of(ByteString statement) {
        return Optional.ofNullable(standing.get(statement)).map(Standing::post);
    }

    Optional<Post> sentBy(GroupTransaction transaction) {
        return standing.values().stream()
                .map(Standing::post)
                .filter(transaction::sends)
                .findFirst();
    }

    boolean proves(Post own, ByteString proof) {
        Standing known = standing.get(statement(own));
        return known != null && known.proves().test(proof);
    }
}
