package io.veilflow.pipeline.contributor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.admit.CheckOutcome;
import io.veilflow.pipeline.admit.ContributorHistory;
import io.veilflow.pipeline.admit.OpeningOutcome;
import io.veilflow.pipeline.admit.SubmissionCheck;
import io.veilflow.pipeline.admit.SubmissionOpener;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.board.RecordSigner;
import io.veilflow.pipeline.board.SampleWriters;
import io.veilflow.pipeline.job.EnrolledContributor;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.submission.DeskJob;
import io.veilflow.pipeline.submission.PlainCommitments;
import io.veilflow.pipeline.submission.SampleMarket;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.Reason;
import io.veilflow.pipeline.wire.Submission;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A book in the second role of a job, with negative numbers. */
class RoleBookTest {
    @TempDir
    Path directory;

    private final JobTerms terms = DeskJob.terms();
    private final BookEncoder encoder = new BookEncoder(terms, DeskJob.commitments(), new SecureRandom());
    private final EnrolledContributor desk = terms.contributor("desk-b").orElseThrow();
    private final Book book = Book.of(
            terms,
            desk,
            List.of(slot(-100_000, 7), slot(-1, BigInteger.ONE.shiftLeft(60).longValue() - 1)));

    @Test
    void wiresFollowThoseOfTheRolesBefore() {
        assertEquals(1 + 2 * 2, terms.firstWire(desk));
        assertEquals(3 * 2, terms.wires(desk));
        assertEquals(0, terms.firstWire(terms.contributor("house").orElseThrow()));
        assertEquals(1, terms.wires(terms.contributor("house").orElseThrow()));
    }

    @Test
    @DisplayName("A10: negative numbers are split and committed to as they are, modulo 2^192 and modulo r")
    void negativeNumbersAreSharedAndCommittedTo() {
        Submission submission = encode(book.usedSlots());
        BoardEntry entry = new BoardEntry("desk-b", 0, submission.toByteString(), BoardEntry.EMPTY_HEAD);
        BigInteger[] sums = new BigInteger[terms.wires(desk)];
        Arrays.fill(sums, BigInteger.ZERO);
        BigInteger blinding = BigInteger.ZERO;
        for (PartyId party : PartyId.values()) {
            OpeningOutcome outcome = new SubmissionOpener(
                            party, terms, SampleMarket.decryptionKey(party), DeskJob.commitments())
                    .open(new CheckOutcome.Submitted(entry, submission));
            OpeningOutcome.Opened opened = assertInstanceOf(OpeningOutcome.Opened.class, outcome);
            for (int wire = 0; wire < sums.length; wire++) {
                sums[wire] = sums[wire].add(number(opened.book().numbers().own(), wire));
            }
            blinding = blinding.add(new BigInteger(1, opened.book().blinding().ownBytes()));
            assertEquals(terms.firstWire(desk), opened.book().firstWire());
        }
        assertEquals(book.numbers(), List.of(sums));
        byte[] scalars = new byte[32 * sums.length];
        for (int wire = 0; wire < sums.length; wire++) {
            copy(sums[wire].mod(PlainCommitments.R), scalars, 32 * wire);
        }
        byte[] rho = new byte[32];
        copy(blinding.mod(PlainCommitments.R), rho, 0);
        assertEquals(
                DeskJob.commitments().commit(terms.firstWire(desk), scalars, rho),
                PlainCommitments.sum(submission.getCommitmentsList()));
    }

    @Test
    void numbersBelowTheMinimumAreRefusedByNameAndNotShown() {
        BookException refused =
                assertThrows(BookException.class, () -> Book.of(terms, desk, List.of(slot(-100_001, 0))));
        assertEquals("desk-b, position 0, result: not a whole number from -100000 to 100000", refused.getMessage());
    }

    @Test
    void aSubmissionSaysItsRoleAndHowManySlotsAreInUse() {
        Submission submission = encode(book.usedSlots());
        assertEquals(1, submission.getRole());
        assertEquals(2, submission.getUsedSlots());
        assertEquals(Reason.ACCEPTED, reason(submission));
    }

    @Test
    @DisplayName("A21: more used slots than the contributor has, or a role that is not its own, is refused by anyone")
    void wrongRoleOrUseIsRefused() {
        assertEquals(Reason.WRONG_SLOTS, reason(encode(4)));
        assertEquals(Reason.WRONG_SLOTS, reason(encode(2).toBuilder().setRole(0).build()));
        assertTrue(terms.publishesUse(1) && !terms.publishesUse(0));
        assertTrue(terms.countsOnce(1) && !terms.countsOnce(0));
    }

    private Submission encode(int usedSlots) {
        return encoder.encode(desk, 1, usedSlots, book.numbers(), SampleMarket.partyKeys());
    }

    private Reason reason(Submission submission) {
        try (FileBoard board = FileBoard.open(directory);
                BoardWriter log = board.writer(
                        new RecordSigner(terms.configurationHash(), "desk-b", SampleWriters.key("desk-b")))) {
            BoardEntry entry =
                    log.append(Payload.newBuilder().setSubmission(submission).build());
            return new SubmissionCheck(terms, DeskJob.commitments())
                    .check(entry, new ContributorHistory())
                    .reason();
        }
    }

    private static List<BigInteger> slot(long result, long mask) {
        return List.of(BigInteger.valueOf(result), BigInteger.valueOf(mask));
    }

    /** Three little-endian words in two's complement. */
    private static BigInteger number(long[] words, int wire) {
        BigInteger number = BigInteger.valueOf(words[3 * wire + 2]);
        for (int word = 1; word >= 0; word--) {
            number = number.shiftLeft(64).or(new BigInteger(Long.toUnsignedString(words[3 * wire + word])));
        }
        return number;
    }

    private static void copy(BigInteger value, byte[] into, int at) {
        byte[] bytes = value.toByteArray();
        int length = Math.min(32, bytes.length);
        System.arraycopy(bytes, bytes.length - length, into, at + 32 - length, length);
    }
}
