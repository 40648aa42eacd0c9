package io.veilflow.pipeline.adversary;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.threshold.GroupSignature;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.post.AttestedPost;
import io.veilflow.pipeline.post.Chain;
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
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A registry in memory: records a window once, if the job's group has signed its statement, and an attested one a second time when
 * its proof comes. It does not verify proofs, so that what the parties let out is what the harness judges.
 */
final class MemoryChain implements Chain {
    private final JobTerms terms;
    private final NavigableMap<Long, Post> posts = new TreeMap<>();

    MemoryChain(JobTerms terms) {
        this.terms = terms;
    }

    /** The proven result that was recorded for a window. */
    synchronized Optional<WindowPost> recorded(long window) {
        return Optional.ofNullable(posts.get(window))
                .filter(WindowPost.class::isInstance)
                .map(WindowPost.class::cast);
    }

    /** Whether a window was closed without a result. */
    synchronized boolean isSkipped(long window) {
        return posts.get(window) instanceof SkipPost;
    }

    @Override
    public synchronized void post(Post post) {
        Signed signed = signed(post);
        boolean right = GroupSignature.decode(signed.signature().toByteArray())
                .filter(made -> made.verifies(
                        terms.definition().group().resultKey().toByteArray(),
                        signed.statement().digest()))
                .isPresent();
        if (!right) {
            throw new SettlementException(SettlementException.Reason.REFUSED, "signature");
        }
        switch (status(post).state()) {
            case OPEN, IMPROVABLE -> posts.put(post.window(), post);
            case SHALLOW, SETTLED -> {}
            case CONTESTED, DISPLACED ->
                throw new SettlementException(SettlementException.Reason.CONFLICT, "window " + post.window());
        }
    }

    @Override
    public synchronized PostStatus status(Post post) {
        Post before = posts.get(post.window());
        if (before == null) {
            return PostStatus.of(PostStatus.State.OPEN);
        }
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
        return Optional.ofNullable(posts.get(window))
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
        return Optional.ofNullable(posts.get(window)).map(MemoryChain::receipt);
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
