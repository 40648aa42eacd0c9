package io.veilflow.pipeline.admit;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.RecordOutcome;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.job.ChainBinding;
import io.veilflow.pipeline.job.EnrolledContributor;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.submission.ComponentCommitments;
import io.veilflow.pipeline.submission.ComponentLayout;
import io.veilflow.pipeline.submission.EncryptionPublicKey;
import io.veilflow.pipeline.submission.SubmissionCipher;
import io.veilflow.pipeline.wire.Ciphertext;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.Reason;
import io.veilflow.pipeline.wire.Submission;
import io.veilflow.pipeline.wire.Withdrawal;
import java.util.List;
import java.util.Optional;

/**
 * What anyone can check of a contributor's record, from its log and the job alone: who signed it, that it is a submission or
 * a withdrawal of this job and schema, sizes, slots, commitments that are points, sequence and record id. Everybody
 * comes to the same result, so a refusal names the contributor. Thread-safe; histories are not.
 */
public final class SubmissionCheck {
    private final JobTerms terms;
    private final RecordVerifier verifier;
    private final ComponentCommitments commitments;

    public SubmissionCheck(JobTerms terms, ComponentCommitments commitments) {
        this(terms, RecordVerifier.of(terms.definition()), commitments);
    }

    /** @param verifier of the job's records */
    public SubmissionCheck(JobTerms terms, RecordVerifier verifier, ComponentCommitments commitments) {
        this.terms = terms;
        this.verifier = verifier;
        this.commitments = commitments;
    }

    /**
     * @param entry the next record of a contributor's log
     * @param history of that log before this record; after the call, with it
     */
    public CheckOutcome check(BoardEntry entry, ContributorHistory history) {
        RecordOutcome record = verifier.verify(entry);
        Optional<EnrolledContributor> contributor = terms.contributor(entry.writer());
        if (contributor.isEmpty()) {
            return new CheckOutcome.Refused(entry, 0, Reason.NOT_ENROLLED);
        }
        if (record instanceof RecordOutcome.Refused refused) {
            return new CheckOutcome.Refused(entry, 0, refused.reason());
        }
        Payload payload = record.payload().orElseThrow();
        return switch (payload.getBodyCase()) {
            case SUBMISSION -> checkSubmission(entry, contributor.get(), payload.getSubmission(), history);
            case WITHDRAWAL -> checkWithdrawal(entry, payload.getWithdrawal(), history);
            case TICK,
                    END,
                    ENCRYPTION_KEY,
                    ACCEPT_LIST,
                    MANIFEST_SIGNATURE,
                    MANIFEST,
                    BATCH_OUTCOME,
                    WINDOW_RESULT,
                    WINDOW_POSTED,
                    OUTPUT_READY,
                    OUTPUT_ECHO,
                    OUTPUT_OPENING,
                    OUTPUT_ABORTED,
                    NONCE_COMMITMENTS,
                    SIGNATURE_SHARE,
                    GROUP_SIGNED,
                    WINDOWS_SKIPPED,
                    SIGNING_REQUEST,
                    SIGNING_APPROVAL,
                    SIGNING_REFUSAL,
                    ACCOUNT_PROPOSAL,
                    ACCOUNT_ANSWER,
                    BODY_NOT_SET -> new CheckOutcome.Refused(entry, 0, Reason.MALFORMED);
        };
    }

    private CheckOutcome checkSubmission(
            BoardEntry entry, EnrolledContributor contributor, Submission submission, ContributorHistory history) {
        Reason reason = reason(contributor, submission);
        if (reason == Reason.ACCEPTED && !history.advance(submission.getSequence(), submission.getRecordId())) {
            reason = Reason.REPLAYED;
        }
        return reason == Reason.ACCEPTED
                ? new CheckOutcome.Submitted(entry, submission)
                : new CheckOutcome.Refused(entry, submission.getSequence(), reason);
    }

    private CheckOutcome checkWithdrawal(BoardEntry entry, Withdrawal withdrawal, ContributorHistory history) {
        long sequence = withdrawal.getSequence();
        if (!withdrawal.getJobId().equals(terms.jobId())) {
            return new CheckOutcome.Refused(entry, sequence, Reason.WRONG_JOB);
        }
        return history.advance(sequence)
                ? new CheckOutcome.Withdrawn(entry, sequence)
                : new CheckOutcome.Refused(entry, sequence, Reason.REPLAYED);
    }

    private Reason reason(EnrolledContributor contributor, Submission submission) {
        if (!isOfThisJob(submission)) {
            return Reason.WRONG_JOB;
        }
        if (!hasOwnSlots(contributor, submission)) {
            return Reason.WRONG_SLOTS;
        }
        if (submission.getRecordId().size() != ComponentLayout.RECORD_ID_BYTES
                || !commitmentsArePoints(submission.getCommitmentsList())
                || !ciphertextsHaveTheirSizes(submission.getCiphertextsList(), terms.wires(contributor))) {
            return Reason.MALFORMED;
        }
        return Reason.ACCEPTED;
    }

    private boolean hasOwnSlots(EnrolledContributor contributor, Submission submission) {
        int mostUsed = terms.publishesUse(contributor.role()) ? contributor.slots() : 0;
        return submission.getRole() == contributor.role()
                && submission.getFirstSlot() == contributor.firstSlot()
                && submission.getSlots() == contributor.slots()
                && submission.getUsedSlots() >= 0
                && submission.getUsedSlots() <= mostUsed;
    }

    private boolean isOfThisJob(Submission submission) {
        ChainBinding chain = terms.definition().chain();
        return submission.getSchemaVersion() == JobTerms.SCHEMA_VERSION
                && submission.getChainId() == chain.chainId()
                && submission.getRegistry().equals(chain.registry())
                && submission.getJobId().equals(terms.jobId())
                && submission.getRuleHash().equals(terms.ruleHash())
                && submission.getKeyDigest().equals(terms.definition().keyDigest());
    }

    private boolean commitmentsArePoints(List<ByteString> points) {
        return points.size() == ComponentLayout.COMPONENTS
                && points.stream()
                        .allMatch(point ->
                                point.size() == ComponentLayout.COMMITMENT_BYTES && commitments.isPoint(point));
    }

    private static boolean ciphertextsHaveTheirSizes(List<Ciphertext> ciphertexts, int wires) {
        if (ciphertexts.size() != PartyId.values().length) {
            return false;
        }
        for (PartyId party : PartyId.values()) {
            Ciphertext ciphertext = ciphertexts.get(party.index());
            int expected = ComponentLayout.plaintextBytes(party, wires) + SubmissionCipher.TAG_BYTES;
            if (ciphertext.getKeyId().size() != EncryptionPublicKey.ID_BYTES
                    || ciphertext.getEncapsulatedKey().size() != SubmissionCipher.ENCAPSULATED_KEY_BYTES
                    || ciphertext.getCiphertext().size() != expected) {
                return false;
            }
        }
        return true;
    }
}
