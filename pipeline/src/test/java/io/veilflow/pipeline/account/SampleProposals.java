package io.veilflow.pipeline.account;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.post.FeePolicy;
import io.veilflow.pipeline.post.GroupTransaction;
import io.veilflow.pipeline.post.GroupTransactionPolicy;
import io.veilflow.pipeline.post.NextTransaction;
import io.veilflow.pipeline.post.Post;
import io.veilflow.pipeline.post.PostEvidence;
import io.veilflow.pipeline.post.SamplePosts;
import io.veilflow.pipeline.sign.SampleGroup;
import io.veilflow.pipeline.wire.AccountProposal;
import java.math.BigInteger;

/** Attested posts of windows, which the party has with another signature than the proposals, and proposals of them. */
final class SampleProposals {
    static final long CHAIN = 1337;
    static final long NONCE = 9;
    static final long GAS = 100_000;

    private SampleProposals() {}

    /** As the party's engine has it. */
    static Post own(long window) {
        return SamplePosts.attested(CHAIN, window);
    }

    /** As another pair has signed it. */
    static Post signed(long window) {
        Post own = own(window);
        return new PostEvidence(SampleGroup.signature(own.message()), ByteString.EMPTY)
                .under(own)
                .orElseThrow();
    }

    static AccountProposal proposal(long window) {
        return proposal(window, SamplePosts.transaction(signed(window), NONCE, GAS));
    }

    static AccountProposal proposal(long window, GroupTransaction transaction) {
        return AccountProposal.newBuilder()
                .setStatement(StandingPosts.statement(own(window)))
                .setSignature(signed(window).signature())
                .setTransaction(transaction.encoded())
                .build();
    }

    /** The party's node sees the account's next nonce, and estimates so much gas for everything. */
    static ProposalCheck check(StandingPosts posts) {
        return new ProposalCheck(
                posts,
                post -> SampleGroup.keys().resultKey().toByteArray(),
                new GroupTransactionPolicy(CHAIN, own(0).registry(), new FeePolicy(BigInteger.TEN)),
                post -> new NextTransaction(BigInteger.valueOf(NONCE), BigInteger.valueOf(GAS)));
    }
}
