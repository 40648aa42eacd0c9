package io.veilflow.pipeline.party;

import io.veilflow.mpc.session.PartyNetwork;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.board.MessageSigner;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.journal.Journal;
import io.veilflow.pipeline.post.Chain;
import io.veilflow.pipeline.service.SigningAuditLog;
import io.veilflow.pipeline.submission.ComponentCommitments;
import io.veilflow.pipeline.submission.DecryptionKey;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a party core touches outside itself. Belongs to whoever made it, who closes it after the core.
 *
 * @param random of all that this party chooses at random outside its engine
 * @param records tells what is a record of its writer
 * @param board read by the core: the logs of the three parties
 * @param log this party's own log
 * @param engine of the job's rule
 * @param decryptionKey opens submissions
 * @param resultShares of the key that signs results, and of the next one if there is one
 * @param signShare of the signing service's key, if the group runs it
 * @param groupAccount of a job whose posts the group's account pays for; then it has the chain, paid by this party's own account
 * @param signingAudit what the operators ask for, and what comes of it; closed by the core
 * @param identity signs what only the parties read
 * @param transcripts where those of failed attempts are kept
 */
public record PartyPorts(
        JobTerms terms,
        PartyClock clock,
        PartyThreads threads,
        SecureRandom random,
        PartyNetwork network,
        RecordVerifier records,
        Board board,
        BoardWriter log,
        Chain chain,
        Journal journal,
        EventLog events,
        PartyEngine engine,
        DecryptionKey decryptionKey,
        ComponentCommitments commitments,
        List<KeyShare> resultShares,
        Optional<KeyShare> signShare,
        Optional<GroupAccount> groupAccount,
        SigningAuditLog signingAudit,
        MessageSigner identity,
        TranscriptStore transcripts) {
    public PartyPorts {
        resultShares = List.copyOf(resultShares);
    }

    /** The same with another writer of the own log. */
    PartyPorts with(BoardWriter other) {
        return new PartyPorts(
                terms,
                clock,
                threads,
                random,
                network,
                records,
                board,
                other,
                chain,
                journal,
                events,
                engine,
                decryptionKey,
                commitments,
                resultShares,
                signShare,
                groupAccount,
                signingAudit,
                identity,
                transcripts);
    }

    @Override
    public String toString() {
        return "PartyPorts[" + network.self() + "]";
    }
}
