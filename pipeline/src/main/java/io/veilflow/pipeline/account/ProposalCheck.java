package io.veilflow.pipeline.account;

import io.veilflow.mpc.threshold.GroupSignature;
import io.veilflow.pipeline.post.GroupTransaction;
import io.veilflow.pipeline.post.GroupTransactionPolicy;
import io.veilflow.pipeline.post.GroupTransactionPolicy.Refusal;
import io.veilflow.pipeline.post.NextTransaction;
import io.veilflow.pipeline.post.Post;
import io.veilflow.pipeline.post.PostEvidence;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whether this party lets the group's account pay for what another proposes (THREATS G5): a statement of its own engine that is not on the
 * chain, under the group's signature, which may be another pair's than this party has, with a proof that holds.
 */
public final class ProposalCheck {
    private final StandingPosts posts;
    private final Function<Post, byte[]> groupPoint;
    private final GroupTransactionPolicy policy;
    private final Function<Post, NextTransaction> next;

    /**
     * @param groupPoint the key under which a post stands, 33 bytes
     * @param next what this party's node says of the account's next transaction if that is this post
     */
    public ProposalCheck(
            StandingPosts posts,
            Function<Post, byte[]> groupPoint,
            GroupTransactionPolicy policy,
            Function<Post, NextTransaction> next) {
        this.posts = posts;
        this.groupPoint = groupPoint;
        this.policy = policy;
        this.next = next;
    }

    /** Empty if this party agrees. */
    Optional<Refusal> refusal(Proposal proposal) {
        Optional<Post> own = posts.of(proposal.statement());
        if (own.isEmpty()) {
            return Optional.of(Refusal.STATEMENT);
        }
        PostEvidence evidence = proposal.evidence();
        if (!isSigned(own.get(), evidence)) {
            return Optional.of(Refusal.SIGNATURE);
        }
        Optional<Post> proposed = evidence.under(own.get()).filter(post -> proves(own.get(), evidence));
        if (proposed.isEmpty()) {
            return Optional.of(Refusal.PROOF);
        }
        return transaction(proposal)
                .map(transaction -> policy.refusal(transaction, proposed.get(), () -> next.apply(proposed.get())))
                .orElse(Optional.of(Refusal.MALFORMED));
    }

    /** Empty for bytes that are no transaction of the group's kind. */
    static Optional<GroupTransaction> transaction(Proposal proposal) {
        return Optional.of(proposal.content().getTransaction())
                .filter(bytes -> bytes.size() <= Proposal.TRANSACTION_BYTES_MAX)
                .flatMap(GroupTransaction::decode);
    }

    private boolean isSigned(Post own, PostEvidence evidence) {
        return GroupSignature.decode(evidence.signature().toByteArray())
                .filter(signature ->
                        signature.verifies(groupPoint.apply(own), own.message().digest()))
                .isPresent();
    }

    private boolean proves(Post own, PostEvidence evidence) {
        return evidence.proof().equals(PostEvidence.of(own).proof()) || posts.proves(own, evidence.proof());
    }
}
