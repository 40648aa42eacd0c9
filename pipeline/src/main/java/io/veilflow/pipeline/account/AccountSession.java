package io.veilflow.pipeline.account;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.session.MeasuredSession;
import io.veilflow.mpc.session.PartyNetwork;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.SessionContext;
import io.veilflow.mpc.session.Transcript;
import io.veilflow.mpc.threshold.ecdsa.AccountKeyShare;
import io.veilflow.mpc.threshold.ecdsa.AccountSigner;
import io.veilflow.mpc.threshold.ecdsa.EcdsaSignature;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.journal.Journal;
import io.veilflow.pipeline.journal.JournalEntry;
import io.veilflow.pipeline.post.GroupTransaction;
import io.veilflow.pipeline.wire.UnitKind;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where sessions of the group's account end: one presignature and one signature of a transaction that all three have agreed to, in a
 * session of its own beside those of windows, always verified (profile M) whatever the job's profile is. A proposal has one session in the
 * life of the job.
 *
 * <p><b>Security.</b> One of three, malicious, with abort ({@link AccountSigner}). A failed check would tell a cheater one bit each time, so
 * the first one suspends this party's share (THREATS C9, G13): honest parties do not fail checks. A lost link or a silent peer is no failed
 * check. <b>Cost.</b> As {@code AccountSigner}, for one signature.
 */
public final class AccountSession {
    private static final Logger LOG = LoggerFactory.getLogger(AccountSession.class);
    private static final String PATH = "account";

    private final PartyNetwork network;
    private final Journal journal;
    private final JobTerms terms;
    private final AccountKeyShare share;
    private final Failures failures;

    /** Told of the one failure after which this party signs no more. */
    public interface Failures {
        /** @param session its number, as in the journal */
        void suspended(long session, ProtocolAbortException abort, Transcript transcript);
    }

    public AccountSession(
            PartyNetwork network, Journal journal, JobTerms terms, AccountKeyShare share, Failures failures) {
        this.network = network;
        this.journal = journal;
        this.terms = terms;
        this.share = share;
        this.failures = failures;
    }

    /** Whether this party takes part in signatures. */
    public boolean isAble() {
        return !share.isSuspended();
    }

    boolean isConnected() {
        return network.currentEpoch().isPresent();
    }

    /** @return verified; empty if the session failed */
    Optional<EcdsaSignature> sign(Proposal proposal, GroupTransaction transaction) {
        journal.append(new JournalEntry(
                JournalEntry.Type.ACCOUNT_SESSION,
                UnitKind.UNIT_KIND_UNSPECIFIED,
                proposal.sessionId(),
                0,
                proposal.hash()));
        try (MeasuredSession session = network.openSession(context(proposal), Profile.M)) {
            return sign(session, proposal, transaction);
        } catch (ProtocolAbortException abort) {
            LOG.warn("no signature under {}: {}", proposal, abort.getMessage());
            return Optional.empty();
        }
    }

    private Optional<EcdsaSignature> sign(MeasuredSession session, Proposal proposal, GroupTransaction transaction) {
        try (AccountSigner signer = new AccountSigner(session, PATH, share)) {
            signer.prepare(1);
            return Optional.of(signer.sign(transaction.signingHash()));
        } catch (ProtocolAbortException abort) {
            if (!isLoss(abort)) {
                share.suspend();
                failures.suspended(proposal.sessionId(), abort, session.transcript());
            }
            throw abort;
        }
    }

    /** Tells the others that this party no longer waits for them, should they be in this session; nothing of it is used. */
    void leave(Proposal proposal) {
        try {
            network.openSession(context(proposal), Profile.M).close();
        } catch (ProtocolAbortException noConnection) {
            LOG.debug("nobody is left in the session of {}: {}", proposal, noConnection.getMessage());
        }
    }

    private SessionContext context(Proposal proposal) {
        ByteString bound = proposal.hash();
        return new SessionContext(
                terms.jobId().toByteArray(),
                SessionContext.Kind.ACCOUNT,
                proposal.sessionId(),
                bound.toByteArray(),
                1,
                terms.ruleHash().toByteArray());
    }

    private static boolean isLoss(ProtocolAbortException abort) {
        return switch (abort.reason()) {
            case PEER_LOST, TIMEOUT, OVERLOAD, JOURNAL_REFUSED -> true;
            case LENGTH,
                    NOT_CANONICAL,
                    UNEXPECTED_MESSAGE,
                    CONTRADICTION,
                    HOLDERS_DISAGREE,
                    CHECK_FAILED,
                    CONFIGURATION -> false;
        };
    }
}
