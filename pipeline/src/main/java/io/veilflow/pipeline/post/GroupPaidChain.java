package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A chain to which the group's account pays for posts. It needs all three parties, unlike what is posted, so this party's own account pays
 * as soon as the three have failed to sign for a while or the group's account is empty, and then for some time: who is silent or refuses
 * delays one post now and then, and stops none. The registry takes posts from anybody.
 */
public final class GroupPaidChain implements Chain {
    private static final Logger LOG = LoggerFactory.getLogger(GroupPaidChain.class);

    /** After so many times the patience the group is asked again. */
    private static final int REST = 8;

    private final EthereumChain own;
    private final EthereumChain groups;
    private final BooleanSupplier able;
    private final Duration patience;
    private final Clock clock;
    private Optional<Failing> failing = Optional.empty();
    private Instant restUntil = Instant.MIN;

    /** @param since when the group was asked first for this post */
    private record Failing(Post post, Instant since) {}

    /**
     * @param own pays if the group does not
     * @param able whether this party takes part in signatures of the group's account
     * @param patience how long posts are tried again before the own account pays
     */
    public GroupPaidChain(EthereumChain own, GroupSender group, BooleanSupplier able, Duration patience, Clock clock) {
        this.own = own;
        this.groups = own.paidBy(group);
        this.able = able;
        this.patience = patience;
        this.clock = clock;
    }

    @Override
    public synchronized void post(Post post) {
        Instant begun = clock.instant();
        if (!able.getAsBoolean() || begun.isBefore(restUntil)) {
            own.post(post);
            return;
        }
        Failing asked = failing.filter(one -> one.post().equals(post)).orElse(new Failing(post, begun));
        try {
            groups.post(post);
            failing = Optional.empty();
        } catch (SettlementException failure) {
            failing = Optional.of(asked);
            if (isAskedAgain(failure, asked)) {
                throw failure;
            }
            LOG.warn("the own account pays for the {}: {}", post.message().title(), failure.getMessage());
            failing = Optional.empty();
            restUntil = clock.instant().plus(patience.multipliedBy(REST));
            own.post(post);
        }
    }

    private boolean isAskedAgain(SettlementException failure, Failing asked) {
        return switch (failure.reason()) {
            case NOT_SIGNED ->
                able.getAsBoolean() && clock.instant().isBefore(asked.since().plus(patience));
            case INSUFFICIENT_FUNDS -> false;
            default -> true;
        };
    }

    @Override
    public PostStatus status(Post post) {
        return own.status(post);
    }

    @Override
    public long chainId() {
        return own.chainId();
    }

    @Override
    public ByteString registry() {
        return own.registry();
    }

    @Override
    public RegisteredTerms termsOf(ByteString jobId, long window) {
        return own.termsOf(jobId, window);
    }

    @Override
    public long nextWindow(ByteString jobId) {
        return own.nextWindow(jobId);
    }
}
