package io.veilflow.pipeline.post;

import io.veilflow.pipeline.post.PostStatus.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * What several nodes together say about a post. Final is only what more than half of all configured nodes call final, so that one
 * node that lies or lags settles nothing where there are two or more. A post is sent unless more than half see it: sending
 * in vain costs a fee, waiting for a liar would never end.
 */
final class NodeVotes {
    private static final long REST_MILLIS = 500;
    private static final int REST_DOUBLINGS = 6;

    private final List<Voter> nodes;

    NodeVotes(List<Confirmations> nodes) {
        this.nodes = nodes.stream().map(Voter::new).toList();
    }

    /** @throws SettlementException UNREACHABLE or WRONG_CHAIN, if no node serves */
    PostStatus status(Post post) {
        List<Voter> asked = nodes.stream().filter(node -> !node.rests()).toList();
        List<PostStatus> votes = new ArrayList<>();
        Optional<SettlementException> failure = Optional.empty();
        for (Voter node : asked.isEmpty() ? nodes : asked) {
            try {
                votes.add(node.vote(post));
            } catch (SettlementException e) {
                failure = Optional.of(e);
            }
        }
        if (votes.isEmpty()) {
            throw failure.orElseThrow();
        }
        return decide(votes);
    }

    private PostStatus decide(List<PostStatus> votes) {
        for (PostStatus vote : votes) {
            if (vote.state() == State.SETTLED && isMajority(votes, vote::equals)) {
                return vote;
            }
        }
        for (State state : List.of(State.DISPLACED, State.IMPROVABLE)) {
            if (isMajority(votes, vote -> vote.state() == state)) {
                return PostStatus.of(state);
            }
        }
        if (isMajority(votes, NodeVotes::isThis)) {
            return PostStatus.of(State.SHALLOW);
        }
        if (votes.stream().anyMatch(vote -> vote.state() == State.OPEN)) {
            return PostStatus.of(State.OPEN);
        }
        boolean contested =
                votes.stream().anyMatch(vote -> vote.state() == State.CONTESTED || vote.state() == State.DISPLACED);
        return PostStatus.of(contested ? State.CONTESTED : State.SHALLOW);
    }

    private boolean isMajority(List<PostStatus> votes, Predicate<PostStatus> condition) {
        return 2 * votes.stream().filter(condition).count() > nodes.size();
    }

    private static boolean isThis(PostStatus vote) {
        return vote.state() == State.SHALLOW || vote.state() == State.SETTLED;
    }

    /** A node that is left alone for a while after it failed, so that it does not hold up the others. */
    private static final class Voter {
        private final Confirmations node;
        private int failures;
        private long restUntilNanos;

        Voter(Confirmations node) {
            this.node = node;
        }

        synchronized boolean rests() {
            return failures > 0 && System.nanoTime() - restUntilNanos < 0;
        }

        synchronized PostStatus vote(Post post) {
            try {
                PostStatus status = node.status(post);
                failures = 0;
                return status;
            } catch (SettlementException e) {
                long millis = REST_MILLIS << Math.min(REST_DOUBLINGS, failures++);
                restUntilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
                throw e;
            }
        }
    }
}
