package io.veilflow.pipeline.simulate;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.post.Chain;
import io.veilflow.pipeline.post.Post;
import io.veilflow.pipeline.post.PostStatus;
import io.veilflow.pipeline.post.RegisteredTerms;
import io.veilflow.pipeline.post.SettlementException;
import io.veilflow.pipeline.post.SettlementException.Reason;
import java.util.function.BooleanSupplier;

/** The chain as one party reaches it. Its node may not answer, also after it has taken what was sent. */
final class ChainNode implements Chain {
    private static final long INCLUSION_NANOS = 8_000_000_000L;

    private final Schedule schedule;
    private final SimulatedChain chain;
    private final SimulatedProcess process;
    private final JobTerms terms;
    private final BooleanSupplier fails;

    /** @param fails whether the node does not answer this time */
    ChainNode(
            Schedule schedule, SimulatedChain chain, SimulatedProcess process, JobTerms terms, BooleanSupplier fails) {
        this.schedule = schedule;
        this.chain = chain;
        this.process = process;
        this.terms = terms;
        this.fails = fails;
    }

    @Override
    public PostStatus status(Post post) {
        answer();
        return chain.status(post);
    }

    @Override
    public void post(Post post) {
        answer();
        process.operation("sends " + SimulatedChain.signed(post).statement().title());
        PostStatus.State before = chain.status(post).state();
        if (before != PostStatus.State.OPEN && before != PostStatus.State.IMPROVABLE) {
            return;
        }
        chain.send(post);
        process.operation("has sent " + SimulatedChain.signed(post).statement().title());
        answer();
        long end = schedule.now() + INCLUSION_NANOS;
        while (chain.status(post).state() == before) {
            if (schedule.now() >= end) {
                throw new SettlementException(Reason.NOT_INCLUDED, "in no block so far");
            }
            schedule.await(chain.blockAdded(), 0, end - schedule.now());
        }
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
    public long nextWindow(ByteString jobId) {
        return chain.registry().nextWindow();
    }

    /** A request and its answer take their time. */
    private void answer() {
        process.requireAlive();
        schedule.await(new Signal(schedule), 0, schedule.between(1, 30));
        if (fails.getAsBoolean()) {
            schedule.note(process.name(), "gets no answer from its node");
            throw new SettlementException(Reason.UNREACHABLE, "no answer");
        }
    }
}
