package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.Transcript;
import io.veilflow.pipeline.account.AccountService;
import io.veilflow.pipeline.account.AccountSession;
import io.veilflow.pipeline.account.ProposalCheck;
import io.veilflow.pipeline.account.ProposalLogs;
import io.veilflow.pipeline.account.StandingPosts;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.identity.IdentityException;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.post.Chain;
import io.veilflow.pipeline.post.GroupPaidChain;
import io.veilflow.pipeline.post.GroupSender;
import io.veilflow.pipeline.post.Post;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The group's account at a running party: pays for its posts, and signs for those of the others, on a thread of its own. */
final class GroupPayment implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupPayment.class);

    private final PartyPorts ports;
    private final GroupAccount account;
    private final GroupPaidChain chain;
    private final SideDuty duty;

    /**
     * @param posts what this party's engine stands behind
     * @param resultKey under which such a post stands, 33 bytes
     */
    GroupPayment(
            PartyPorts ports,
            GroupAccount account,
            StandingPosts posts,
            Function<Post, byte[]> resultKey,
            PartyLimits limits) {
        this.ports = ports;
        this.account = account;
        JobTerms terms = ports.terms();
        PartyId self = ports.network().self();
        ByteString address = ByteString.copyFrom(account.share().key().address());
        // the own account must be done before the next party's turn
        Duration patience = limits.posterTurn().dividedBy(2);
        AccountSession session =
                new AccountSession(ports.network(), ports.journal(), terms, account.share(), this::suspended);
        AccountService service = new AccountService(
                self,
                new ProposalLogs(RecordVerifier.of(terms.definition()), ports.board()),
                posts,
                new ProposalCheck(posts, resultKey, account.chain().groupPolicy(), post -> account.chain()
                        .next(address, post)),
                session,
                ports.log(),
                ports.clock()::nanos,
                patience);
        this.chain = new GroupPaidChain(
                account.chain(),
                new GroupSender(account.share().key(), service::sign),
                session::isAble,
                patience,
                Clock.systemUTC());
        this.duty = new SideDuty("party-account", service::step, () -> {}, ports.threads());
    }

    /** Where this party's posts go. */
    Chain chain() {
        return chain;
    }

    void start() {
        duty.start();
    }

    private void suspended(long session, ProtocolAbortException abort, Transcript transcript) {
        LOG.error(
                "a signature of the group's account failed, this party signs no more with it: {}", abort.getMessage());
        ports.events().accountSuspended(abort);
        ports.transcripts().keepOfAccount(session, transcript);
        try {
            account.suspended().run();
        } catch (IdentityException unkept) {
            LOG.error("a restart will forget this: {}", unkept.getMessage());
            ports.events()
                    .warning("the store of the account key cannot keep that it is suspended: " + unkept.getMessage());
        }
    }

    @Override
    public void close() {
        duty.close();
    }
}
