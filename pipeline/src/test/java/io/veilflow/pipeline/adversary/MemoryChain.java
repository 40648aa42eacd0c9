package io.veilflow.pipeline.adversary;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.threshold.GroupSignature;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.post.AttestedPost;
import io.veilflow.pipeline.post.Chain;
import io.veilflow.pipeline.post.ChainHistory;
import io.veilflow.pipeline.post.OutputShape;
import io.veilflow.pipeline.post.Post;
import io.veilflow.pipeline.post.PostReceipt;
import io.veilflow.pipeline.post.PostStatus;
import io.veilflow.pipeline.post.RecordedWindow;
import io.veilflow.pipeline.post.RegisteredTerms;
import io.veilflow.pipeline.post.RotationPost;
import io.veilflow.pipeline.post.SettlementException;
import io.veilflow.pipeline.post.SkipPost;
import io.veilflow.pipeline.post.WindowPost;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.GroupStatement;
import io.veilflow.pipeline.sign.ResultMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A registry in memory: records a window once, if the job's group has signed its statement, and an attested one a second time when
 * its proof comes. It does not verify proofs, so that what the parties let out is what the harness judges.
 */
final class MemoryChain implements Chain, ChainHistory {
    private final JobTerms terms;
    private final NavigableMap<Long, List<Post>> posts = new TreeMap<>();
    private final Map<Long, Set<GroupStatement>> offered = new HashMap<>();

    MemoryChain(JobTerms terms) {
        this.terms = terms;
    }

    /** What was recorded for a window, one after the other. */
    synchronized List<Post> recorded(long window) {
        return List.copyOf(posts.getOrDefault(window, List.of()));
    }

    /** Everything that the group has signed for a window and somebody has come with, recorded or not. */
    synchronized Set<GroupStatement> offered(long window) {
        return Set.copyOf(offered.getOrDefault(window, Set.of()));
    }

    /** Whether a window was closed without a result. */
    synchronized boolean isSkipped(long window) {
        return last(window).filter(SkipPost.class::isInstance).isPresent();
    }

    @Override
    public synchronized void post(Post post) {
        if (!isSigned(post)) {
            throw new SettlementException(SettlementException.Reason.REFUSED, "signature");
        }
        switch (status(post).state()) {
            case OPEN, IMPROVABLE ->
                posts.computeIfAbsent(post.window(), first -> new ArrayList<>()).add(post);
            case SHALLOW, SETTLED -> {}
            case CONTESTED, DISPLACED ->
                throw new SettlementException(SettlementException.Reason.CONFLICT, "window " + post.window());
        }
    }

    @Override
    public synchronized PostStatus status(Post post) {
        if (isSigned(post)) {
            offered.computeIfAbsent(post.window(), first -> new HashSet<>())
                    .add(signed(post).statement());
        }
        Optional<Post> last = last(post.window());
        if (last.isEmpty()) {
            return PostStatus.of(PostStatus.State.OPEN);
        }
        Post before = last.get();
        GroupStatement recorded = signed(before).statement();
        GroupStatement now = signed(post).statement();
        if (recorded.equals(now)
                || recorded instanceof ResultMessage result
                        && result.as(Assurance.ATTESTED).equals(now)) {
            return PostStatus.settled(receipt(before));
        }
        boolean better = now instanceof ResultMessage proven
                && proven.as(Assurance.ATTESTED).equals(recorded);
        return PostStatus.of(better ? PostStatus.State.IMPROVABLE : PostStatus.State.DISPLACED);
    }

    @Override
    public long chainId() {
        return terms.definition().chain().chainId();
    }

    @Override
    public ByteString registry() {
        return terms.definition().chain().registry();
    }

    @Override
    public RegisteredTerms termsOf(ByteString jobId, long window) {
        return RegisteredTerms.of(terms, ByteString.copyFrom(new byte[20]));
    }

    @Override
    public synchronized long nextWindow(ByteString jobId) {
        return posts.isEmpty() ? 0 : posts.lastKey() + 1;
    }

    @Override
    public synchronized Optional<RecordedWindow> window(ByteString jobId, long window) {
        return last(window)
                .map(MemoryChain::signed)
                .map(Signed::statement)
                .filter(ResultMessage.class::isInstance)
                .map(ResultMessage.class::cast)
                .map(message -> new RecordedWindow(
                        window,
                        OutputShape.of(terms.rule().publicWords()).of(message.variableWords()),
                        message.assurance(),
                        1,
                        message.tag()));
    }

    @Override
    public synchronized Optional<PostReceipt> receipt(ByteString jobId, long window) {
        return last(window).map(MemoryChain::receipt);
    }

    private Optional<Post> last(long window) {
        return Optional.ofNullable(posts.get(window)).map(recorded -> recorded.get(recorded.size() - 1));
    }

    private boolean isSigned(Post post) {
        Signed signed = signed(post);
        return GroupSignature.decode(signed.signature().toByteArray())
                .filter(made -> made.verifies(
                        terms.definition().group().resultKey().toByteArray(),
                        signed.statement().digest()))
                .isPresent();
    }

    private record Signed(GroupStatement statement, ByteString signature) {}

    private static Signed signed(Post post) {
        return post.read(new Post.Reader<>() {
            @Override
            public Signed proven(WindowPost proven) {
                return new Signed(proven.message(), proven.signature());
            }

            @Override
            public Signed attested(AttestedPost attested) {
                return new Signed(attested.message(), attested.signature());
            }

            @Override
            public Signed skipped(SkipPost skipped) {
                return new Signed(skipped.message(), skipped.signature());
            }

            @Override
            public Signed rotated(RotationPost rotated) {
                return new Signed(rotated.message(), rotated.signature());
            }
        });
    }

    private static PostReceipt receipt(Post post) {
        ByteString digest = ByteString.copyFrom(signed(post).statement().digest());
        return new PostReceipt(post.window(), digest, 1, 1, digest, digest);
    }
}
