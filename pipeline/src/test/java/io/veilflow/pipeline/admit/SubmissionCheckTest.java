package io.veilflow.pipeline.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.board.RecordSigner;
import io.veilflow.pipeline.board.SampleWriters;
import io.veilflow.pipeline.contributor.BookEncoder;
import io.veilflow.pipeline.submission.SampleMarket;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.Reason;
import io.veilflow.pipeline.wire.Submission;
import io.veilflow.pipeline.wire.Tick;
import io.veilflow.pipeline.wire.Withdrawal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each kind of bad submission is called, by anyone who reads the board. */
class SubmissionCheckTest {
    @TempDir
    Path directory;

    private final SampleMarket market = new SampleMarket();
    private final SubmissionCheck check = new SubmissionCheck(market.terms(), market.commitments());
    private final ContributorHistory history = new ContributorHistory();
    private FileBoard board;
    private BoardWriter log;

    @BeforeEach
    void openBoard() {
        board = FileBoard.open(directory);
        log = board.writer(market.signer("bank-a"));
    }

    @AfterEach
    void closeBoard() {
        board.close();
    }

    @Test
    void aGoodSubmissionIsOneThatThePartiesMayOpen() {
        Submission submission = submission(1);
        CheckOutcome outcome = check(submission);
        assertEquals(
                submission,
                assertInstanceOf(CheckOutcome.Submitted.class, outcome).submission());
        assertEquals(Reason.ACCEPTED, outcome.decision().getReason());
        assertEquals(outcome.entry().recordHash(), outcome.decision().getSubmissionHash());
    }

    @Test
    void garbageIsMalformed() {
        BoardEntry entry = new BoardEntry("bank-a", 0, ByteString.copyFromUtf8("garbage"), BoardEntry.EMPTY_HEAD);
        assertEquals(Reason.MALFORMED, check.check(entry, history).reason());
        Payload tick = Payload.newBuilder().setTick(Tick.newBuilder()).build();
        assertEquals(Reason.MALFORMED, check(tick).reason());
    }

    @Test
    void aWrongSignatureIsRefusedByName() {
        RecordSigner wrongKey =
                new RecordSigner(market.terms().configurationHash(), "bank-b", SampleWriters.key("bank-a"));
        try (BoardWriter forged = board.writer(wrongKey)) {
            BoardEntry entry = forged.append(payload(submission(1)));
            CheckOutcome outcome = check.check(entry, new ContributorHistory());
            assertEquals(Reason.BAD_SIGNATURE, outcome.reason());
            assertEquals("bank-b", outcome.decision().getContributor());
        }
    }

    /** A18. */
    @Test
    void aStrangerIsNotEnrolled() {
        try (BoardWriter stranger = board.writer(market.signer("mallory"))) {
            BoardEntry entry = stranger.append(payload(submission(1)));
            assertEquals(
                    Reason.NOT_ENROLLED,
                    check.check(entry, new ContributorHistory()).reason());
        }
    }

    /** A5. */
    @Test
    void aSubmissionCountsInItsOwnJobOnly() {
        assertReason(Reason.WRONG_JOB, submission -> submission.setChainId(1));
        assertReason(Reason.WRONG_JOB, submission -> submission.setRegistry(ByteString.copyFrom(new byte[20])));
        assertReason(Reason.WRONG_JOB, submission -> submission.setJobId(ByteString.copyFrom(new byte[32])));
        assertReason(Reason.WRONG_JOB, submission -> submission.setRuleHash(ByteString.copyFrom(new byte[32])));
        assertReason(Reason.WRONG_JOB, submission -> submission.setKeyDigest(ByteString.copyFrom(new byte[32])));
        assertReason(Reason.WRONG_JOB, submission -> submission.setSchemaVersion(1));
    }

    @Test
    void anotherContributorsSlotIsRefused() {
        assertReason(Reason.WRONG_SLOTS, submission -> submission.setFirstSlot(2));
        assertReason(Reason.WRONG_SLOTS, submission -> submission.setSlots(1));
        assertReason(Reason.WRONG_SLOTS, submission -> submission.setSlots(3));
        assertReason(Reason.WRONG_SLOTS, submission -> submission.setRole(1));
    }

    @Test
    void usedSlotsThatTheRuleDoesNotReadAreNotPublished() {
        assertReason(Reason.WRONG_SLOTS, submission -> submission.setUsedSlots(1));
        assertReason(Reason.WRONG_SLOTS, submission -> submission.setUsedSlots(-1));
    }

    /** A3, A21. */
    @Test
    void allCiphertextsAndCommitmentsAreThereInTheirSizes() {
        assertReason(Reason.MALFORMED, submission -> submission.removeCiphertexts(2));
        assertReason(Reason.MALFORMED, submission -> submission.addCiphertexts(submission.getCiphertexts(0)));
        assertReason(Reason.MALFORMED, submission -> submission.setCiphertexts(0, submission.getCiphertexts(1)));
        assertReason(Reason.MALFORMED, submission -> submission.clearCommitments());
        assertReason(Reason.MALFORMED, submission -> submission.addCommitments(submission.getCommitments(0)));
        assertReason(Reason.MALFORMED, submission -> submission.setRecordId(ByteString.copyFrom(new byte[15])));
        assertReason(
                Reason.MALFORMED,
                submission -> submission.getCiphertextsBuilder(1).setKeyId(ByteString.copyFrom(new byte[17])));
        assertReason(Reason.MALFORMED, submission -> submission
                .getCiphertextsBuilder(1)
                .setEncapsulatedKey(ByteString.copyFrom(new byte[31])));
    }

    /** A16. */
    @Test
    void aCommitmentIsAPointOfTheCurve() {
        assertReason(Reason.MALFORMED, submission -> submission.setCommitments(0, ByteString.copyFrom(new byte[64])));
        assertReason(
                Reason.MALFORMED,
                submission -> submission.setCommitments(
                        2, submission.getCommitments(2).substring(0, 63).concat(ByteString.copyFrom(new byte[1]))));
    }

    /** A6. */
    @Test
    void aSequenceOrARecordIdIsUsedOnce() {
        Submission first = submission(5);
        assertEquals(Reason.ACCEPTED, check(first).reason());
        assertEquals(Reason.REPLAYED, check(first).reason());
        assertEquals(Reason.REPLAYED, check(submission(5)).reason());
        assertEquals(Reason.REPLAYED, check(submission(4)).reason());
        Submission sameId =
                submission(6).toBuilder().setRecordId(first.getRecordId()).build();
        assertEquals(Reason.REPLAYED, check(sameId).reason());
        assertEquals(Reason.ACCEPTED, check(submission(6)).reason());
    }

    @Test
    void aRefusedSubmissionUsesNothingUp() {
        assertReason(Reason.WRONG_SLOTS, submission -> submission.setSequence(9).setSlots(1));
        assertEquals(Reason.ACCEPTED, check(submission(2)).reason());
    }

    @Test
    void aWithdrawalTakesASequenceToo() {
        assertEquals(Reason.ACCEPTED, check(submission(1)).reason());
        assertInstanceOf(
                CheckOutcome.Withdrawn.class, check(withdrawal(market.terms().jobId(), 2)));
        assertEquals(
                Reason.REPLAYED, check(withdrawal(market.terms().jobId(), 2)).reason());
        assertEquals(
                Reason.WRONG_JOB,
                check(withdrawal(ByteString.copyFrom(new byte[32]), 3)).reason());
        assertEquals(Reason.REPLAYED, check(submission(2)).reason());
    }

    @Test
    void aHistoryThatWasStoredGoesOnWhereItStopped() {
        Submission first = submission(1);
        check(first);
        ContributorHistory restored = new ContributorHistory(history.lastSequence(), history.recordIds());
        Submission again =
                submission(2).toBuilder().setRecordId(first.getRecordId()).build();
        assertEquals(
                Reason.REPLAYED,
                check.check(log.append(payload(again)), restored).reason());
    }

    private void assertReason(Reason expected, Consumer<Submission.Builder> change) {
        Submission.Builder submission = submission(history.lastSequence() + 1).toBuilder();
        change.accept(submission);
        CheckOutcome outcome = check(submission.build());
        assertEquals(expected, outcome.reason());
        assertEquals("bank-a", outcome.decision().getContributor());
    }

    private CheckOutcome check(Submission submission) {
        return check(payload(submission));
    }

    private CheckOutcome check(Payload payload) {
        return check.check(log.append(payload), history);
    }

    private Submission submission(long sequence) {
        BookEncoder encoder = new BookEncoder(market.terms(), market.commitments(), new SecureRandom());
        return encoder.encode(
                market.contributor("bank-a"),
                sequence,
                0,
                market.numbers("bank-a", BigInteger.ONE),
                SampleMarket.partyKeys());
    }

    private static Payload payload(Submission submission) {
        return Payload.newBuilder().setSubmission(submission).build();
    }

    private static Payload withdrawal(ByteString jobId, long sequence) {
        return Payload.newBuilder()
                .setWithdrawal(Withdrawal.newBuilder().setJobId(jobId).setSequence(sequence))
                .build();
    }
}
