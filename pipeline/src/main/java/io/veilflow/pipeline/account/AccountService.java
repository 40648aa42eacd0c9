package io.veilflow.pipeline.account;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.ecdsa.EcdsaSignature;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.post.GroupTransaction;
import io.veilflow.pipeline.post.GroupTransactionPolicy.Refusal;
import io.veilflow.pipeline.post.Post;
import io.veilflow.pipeline.post.PostEvidence;
import io.veilflow.pipeline.post.SettlementException;
import io.veilflow.pipeline.wire.AccountAnswer;
import io.veilflow.pipeline.wire.AccountProposal;
import io.veilflow.pipeline.wire.Payload;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One party's side of the group's account: proposes its own transactions, answers those of the others, and signs what all three have agreed
 * to (docs/wire.md, section 18).
 *
 * <p><b>Protocol.</b> Proposal and answers stand on the board, so that who agreed to what needs no agreement of its own. A party is bound to
 * one proposal at a time, its own or one that it has said yes to, and refuses the others meanwhile; therefore no two sessions wait for each other.
 * Whoever is bound to a proposal to which both answers are yes goes into its session; whoever was bound to it and no longer is, since time was
 * up, leaves the session at once, so that nobody waits there for long.
 *
 * <p><b>Security.</b> One of three, malicious, with abort: nothing is signed that an honest party does not stand behind, and for one post at most {@value
 * AskedTimes#MOST} transactions of each proposer. Anybody can refuse or be silent: then nothing is signed. <b>Cost.</b> Three records, and one session.
 *
 * <p>{@link #sign} waits, on the poster's thread; {@link #step} does the rest on a thread of its own, and waits for peers in sessions only.
 */
public final class AccountService {
    private static final int LEFT_MOST = 256;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final Logger LOG = LoggerFactory.getLogger(AccountService.class);

    private final PartyId self;
    private final ProposalLogs logs;
    private final StandingPosts posts;
    private final ProposalCheck check;
    private final AccountSession session;
    private final BoardWriter own;
    private final LongSupplier nanos;
    private final Duration patience;

    private final Map<PartyId, Undecided> undecided = new EnumMap<>(PartyId.class);
    private final AskedTimes asked = new AskedTimes();
    private final Set<Proposal> left = new LinkedHashSet<>();
    private Optional<Bound> bound = Optional.empty();

    /** @param endNanos then it is refused for what it is refused for now */
    private record Undecided(Proposal proposal, long endNanos, long lookNanos) {}

    /** What this party has proposed or said yes to. */
    private static final class Bound {
        private final Proposal proposal;
        private final GroupTransaction transaction;
        private final long endNanos;
        private final CompletableFuture<EcdsaSignature> outcome = new CompletableFuture<>();
        private boolean inSession;

        private Bound(Proposal proposal, GroupTransaction transaction, long endNanos) {
            this.proposal = proposal;
            this.transaction = transaction;
            this.endNanos = endNanos;
        }
    }

    /**
     * @param own this party's log
     * @param nanos a clock that never goes back
     * @param patience how long a proposal binds a party that hears nothing from the others
     */
    public AccountService(
            PartyId self,
            ProposalLogs logs,
            StandingPosts posts,
            ProposalCheck check,
            AccountSession session,
            BoardWriter own,
            LongSupplier nanos,
            Duration patience) {
        this.self = self;
        this.logs = logs;
        this.posts = posts;
        this.check = check;
        this.session = session;
        this.own = own;
        this.nanos = nanos;
        this.patience = patience;
    }

    /**
     * Has the three sign a transaction of this party's; waits.
     *
     * @return verified
     * @throws SettlementException NOT_SIGNED if they do not, in time
     */
    public EcdsaSignature sign(GroupTransaction transaction) {
        Bound proposed = propose(transaction);
        try {
            return proposed.outcome.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw notSigned("not all have answered " + proposed.proposal + " within " + patience);
        } catch (ExecutionException refused) {
            throw notSigned(refused.getCause().getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw notSigned("the party is being stopped");
        } finally {
            end(proposed, "is over");
        }
    }

    private synchronized Bound propose(GroupTransaction transaction) {
        if (!session.isAble()) {
            throw notSigned("this party's share is suspended");
        }
        if (!session.isConnected()) {
            throw notSigned("the parties are not connected");
        }
        bound.ifPresent(before -> {
            throw notSigned(before.proposal + " comes first");
        });
        Post post = posts.sentBy(transaction)
                .orElseThrow(() -> notSigned("this party stands no longer behind what the transaction sends"));
        ByteString statement = StandingPosts.statement(post);
        if (asked.isUsedUp(self, statement)) {
            throw notSigned("the three were asked often enough for the "
                    + post.message().title());
        }
        asked.count(self, statement);
        PostEvidence evidence = PostEvidence.of(post);
        AccountProposal content = AccountProposal.newBuilder()
                .setStatement(statement)
                .setSignature(evidence.signature())
                .setProof(evidence.proof())
                .setTransaction(transaction.encoded())
                .build();
        Proposal proposal = Proposal.of(
                self,
                own.append(Payload.newBuilder().setAccountProposal(content).build()),
                content);
        Bound proposed = bind(proposal, transaction);
        bound = Optional.of(proposed);
        return proposed;
    }

    /** Reads what is new and does what is due. */
    public void step() {
        logs.read().stream().filter(proposal -> proposal.proposer() != self).forEach(this::arrived);
        for (Undecided one : List.copyOf(undecided.values())) {
            if (nanos.getAsLong() - one.lookNanos() >= 0) {
                decide(one);
            }
        }
        bound().ifPresent(this::advance);
        leaveWhatIsOver();
    }

    /** Only the newest of a party counts: it is bound to that. */
    private void arrived(Proposal proposal) {
        long now = nanos.getAsLong();
        undecided.put(proposal.proposer(), new Undecided(proposal, now + patience.toNanos() / 2, now));
        bound().filter(before -> before.proposal.proposer() == proposal.proposer())
                .ifPresent(before -> end(before, "has a successor"));
    }

    private void decide(Undecided one) {
        Proposal proposal = one.proposal();
        if (asked.isUsedUp(proposal.proposer(), proposal.statement())) {
            LOG.debug("{} is one too many for one post, and gets no answer", proposal);
            undecided.remove(proposal.proposer());
            return;
        }
        Optional<Refusal> refusal = refusal(proposal);
        long now = nanos.getAsLong();
        if (refusal.filter(Refusal::mayPass).isPresent() && now - one.endNanos() < 0) {
            undecided.put(proposal.proposer(), new Undecided(proposal, one.endNanos(), now + LOOK_NANOS));
            return;
        }
        undecided.remove(proposal.proposer());
        asked.count(proposal.proposer(), proposal.statement());
        Optional<Refusal> answer = refusal.isPresent() || agree(proposal) ? refusal : Optional.of(Refusal.BUSY);
        answer.ifPresent(reason -> LOG.warn("{} is refused: {}", proposal, reason));
        own.append(Payload.newBuilder()
                .setAccountAnswer(AccountAnswer.newBuilder()
                        .setProposer(proposal.proposer().index())
                        .setRecord(proposal.index())
                        .setRefusal(answer.map(Refusal::code).orElse(0)))
                .build());
    }

    private Optional<Refusal> refusal(Proposal proposal) {
        if (!session.isAble()) {
            return Optional.of(Refusal.SUSPENDED);
        }
        return bound().isPresent() ? Optional.of(Refusal.BUSY) : check.refusal(proposal);
    }

    /** Whether this party is bound to it now. */
    private synchronized boolean agree(Proposal proposal) {
        if (bound.isPresent()) {
            return false;
        }
        bound = Optional.of(bind(proposal, ProposalCheck.transaction(proposal).orElseThrow()));
        return true;
    }

    private Bound bind(Proposal proposal, GroupTransaction transaction) {
        return new Bound(proposal, transaction, nanos.getAsLong() + patience.toNanos());
    }

    private void advance(Bound one) {
        Optional<PartyId> refuser = logs.refuser(one.proposal);
        if (refuser.isPresent()) {
            end(one, "is refused by " + refuser.get());
        } else if (logs.isAgreed(one.proposal) && begin(one)) {
            session.sign(one.proposal, one.transaction).ifPresent(one.outcome::complete);
            release(one, "came to no signature");
        } else if (nanos.getAsLong() - one.endNanos >= 0) {
            end(one, "was not answered by all in time");
        }
    }

    private synchronized Optional<Bound> bound() {
        return bound;
    }

    /** Whether this party is still bound to it; then it stays so until {@link #release}. */
    private synchronized boolean begin(Bound one) {
        one.inSession = bound.filter(other -> other == one).isPresent();
        return one.inSession;
    }

    private synchronized void release(Bound one, String why) {
        bound = Optional.empty();
        one.outcome.completeExceptionally(new IllegalStateException(one.proposal + " " + why));
    }

    private synchronized void end(Bound one, String why) {
        if (!one.inSession && bound.filter(other -> other == one).isPresent()) {
            release(one, why);
            left.add(one.proposal);
            if (left.size() > LEFT_MOST) {
                left.remove(left.iterator().next());
            }
        }
    }

    private synchronized void leaveWhatIsOver() {
        left.removeIf(proposal -> {
            boolean agreed = logs.isAgreed(proposal);
            if (agreed) {
                session.leave(proposal);
            }
            return agreed || logs.refuser(proposal).isPresent();
        });
    }

    private static SettlementException notSigned(String why) {
        return new SettlementException(SettlementException.Reason.NOT_SIGNED, why);
    }
}
