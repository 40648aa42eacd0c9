package io.veilflow.pipeline.adversary;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.post.Chain;
import io.veilflow.pipeline.post.OutputShape;
import io.veilflow.pipeline.post.Post;
import io.veilflow.pipeline.post.PostReceipt;
import io.veilflow.pipeline.post.PostStatus;
import io.veilflow.pipeline.post.RecordedWindow;
import io.veilflow.pipeline.post.RegisteredJob;
import io.veilflow.pipeline.post.SettlementException;
import io.veilflow.pipeline.post.WindowPost;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.ResultKey;
import io.veilflow.pipeline.sign.ResultMessage;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A registry in memory: records a window once, if two parties of the job have signed its statement. It does not verify proofs,
 * so that what the parties let out is what the harness judges.
 */
final class MemoryChain implements Chain {
    private final JobTerms terms;
    private final NavigableMap<Long, WindowPost> posts = new TreeMap<>();

    MemoryChain(JobTerms terms) {
        this.terms = terms;
    }

    /** What was recorded for a window. */
    synchronized Optional<WindowPost> recorded(long window) {
        return Optional.ofNullable(posts.get(window));
    }

    @Override
    public synchronized void post(Post any) {
        WindowPost post = (WindowPost) any;
        ResultMessage message = post.message();
        List<ByteString> known = terms.definition().parties().stream()
                .map(EnrolledParty::resultAddress)
                .toList();
        long signers = post.signatures().stream()
                .flatMap(signature -> ResultKey.recover(message, signature).stream())
                .filter(known::contains)
                .distinct()
                .count();
        if (signers < WindowPost.SIGNATURES) {
            throw new SettlementException(SettlementException.Reason.REFUSED, "signatures");
        }
        WindowPost before = posts.putIfAbsent(post.window(), post);
        if (before != null && !before.message().equals(message)) {
            throw new SettlementException(SettlementException.Reason.CONFLICT, "window " + post.window());
        }
    }

    @Override
    public synchronized PostStatus status(Post any) {
        WindowPost post = (WindowPost) any;
        return recorded(post.window())
                .map(before -> before.message().equals(post.message())
                        ? PostStatus.settled(receipt(before))
                        : PostStatus.of(PostStatus.State.DISPLACED))
                .orElse(PostStatus.of(PostStatus.State.OPEN));
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
    public RegisteredJob job(ByteString jobId) {
        return RegisteredJob.of(terms, ByteString.copyFrom(new byte[20]));
    }

    @Override
    public synchronized OptionalLong lastWindow(ByteString jobId) {
        return posts.isEmpty() ? OptionalLong.empty() : OptionalLong.of(posts.lastKey());
    }

    @Override
    public synchronized Optional<RecordedWindow> window(ByteString jobId, long window) {
        return recorded(window)
                .map(post -> new RecordedWindow(
                        window,
                        OutputShape.of(terms.rule().publicWords())
                                .of(post.message().variableWords()),
                        Assurance.PROVEN,
                        1,
                        post.message().tag()));
    }

    @Override
    public synchronized Optional<PostReceipt> receipt(ByteString jobId, long window) {
        return recorded(window).map(this::receipt);
    }

    private PostReceipt receipt(WindowPost post) {
        ByteString digest = ByteString.copyFrom(post.message().digest());
        return new PostReceipt(post.window(), digest, 1, 1, post.message().manifestRoot(), digest);
    }
}
