package io.veilflow.pipeline.contributor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.admit.CheckOutcome;
import io.veilflow.pipeline.admit.OpenedBook;
import io.veilflow.pipeline.admit.OpeningOutcome;
import io.veilflow.pipeline.admit.SubmissionOpener;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.submission.PlainCommitments;
import io.veilflow.pipeline.submission.SampleMarket;
import io.veilflow.pipeline.wire.Submission;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BookEncoderTest {
    private static final BigInteger LARGEST = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private final SampleMarket market = new SampleMarket();
    private final BookEncoder encoder = new BookEncoder(market.terms(), market.commitments(), new SecureRandom());

    /** A10: edge values included. */
    @Test
    void theThreePartiesTogetherHoldExactlyTheNumbers() {
        List<BigInteger> numbers = new ArrayList<>(market.numbers("bank-b", BigInteger.ZERO));
        numbers.set(0, LARGEST);
        numbers.set(3, BigInteger.ONE);
        numbers.set(7, BigInteger.ONE.shiftLeft(53).add(BigInteger.ONE));
        List<OpenedBook> opened = openAll("bank-b", encode("bank-b", 1, numbers));
        for (int wire = 0; wire < numbers.size(); wire++) {
            BigInteger sum = BigInteger.ZERO;
            for (int component = 0; component < 3; component++) {
                BigInteger own = number(opened.get(component).numbers().own(), wire);
                assertEquals(
                        own, number(opened.get((component + 2) % 3).numbers().next(), wire));
                sum = sum.add(own);
            }
            assertEquals(numbers.get(wire), sum, "wire " + wire);
        }
    }

    /** A8: such a number is encoded by whoever wants to; the range check of the parties refuses it later. */
    @Test
    void numbersOutsideTheirWidthSplitLikeAnyOther() {
        for (BigInteger number : new BigInteger[] {LARGEST.add(BigInteger.ONE), BigInteger.ONE.negate()}) {
            List<OpenedBook> opened = openAll("bank-c", encode("bank-c", 1, market.numbers("bank-c", number)));
            BigInteger sum = opened.stream()
                    .map(book -> number(book.numbers().own(), 0))
                    .reduce(BigInteger.ZERO, BigInteger::add);
            assertEquals(number, sum);
        }
    }

    @Test
    void theCommitmentsAddUpToACommitmentToTheBook() {
        List<BigInteger> numbers = market.numbers("bank-c", LARGEST);
        Submission submission = encode("bank-c", 1, numbers);
        BigInteger blinding = openAll("bank-c", submission).stream()
                .map(book -> new BigInteger(1, book.blinding().ownBytes()))
                .reduce(BigInteger.ZERO, BigInteger::add)
                .mod(PlainCommitments.R);
        byte[] scalars = new byte[32 * numbers.size()];
        for (int i = 0; i < numbers.size(); i++) {
            bytes32(numbers.get(i)).copyTo(scalars, 32 * i);
        }
        int firstWire = market.terms().firstWire(market.contributor("bank-c"));
        assertEquals(
                market.commitments()
                        .commit(firstWire, scalars, bytes32(blinding).toByteArray()),
                PlainCommitments.sum(submission.getCommitmentsList()));
    }

    /** A19. */
    @Test
    void equalBooksGiveDifferentCommitmentsCiphertextsAndRecordIds() {
        List<BigInteger> numbers = market.numbers("bank-c", BigInteger.TEN);
        Submission first = encode("bank-c", 1, numbers);
        Submission second = encode("bank-c", 1, numbers);
        assertNotEquals(first.getRecordId(), second.getRecordId());
        for (int i = 0; i < 3; i++) {
            assertNotEquals(first.getCommitments(i), second.getCommitments(i));
            assertNotEquals(first.getCiphertexts(i), second.getCiphertexts(i));
        }
    }

    @Test
    void aBookIsHeldAgainstTheWidthsOfTheRule() {
        List<BigInteger> fits = List.of(LARGEST, BigInteger.ZERO, BigInteger.ONE, LARGEST);
        Book book = Book.of(market.terms(), market.contributor("bank-b"), List.of(fits));
        assertEquals(8, book.numbers().size());
        assertEquals(BigInteger.ZERO, book.numbers().get(7));
        assertFalse(book.toString().contains(LARGEST.toString()));
        for (BigInteger wrong : new BigInteger[] {LARGEST.add(BigInteger.ONE), BigInteger.valueOf(-98_765_432_123L)}) {
            List<BigInteger> slot = List.of(BigInteger.ZERO, wrong, BigInteger.ZERO, BigInteger.ZERO);
            BookException refused = assertThrows(
                    BookException.class,
                    () -> Book.of(market.terms(), market.contributor("bank-b"), List.of(fits, slot)));
            assertTrue(refused.getMessage().startsWith("bank-b, position 1, collateral-1:"), refused.getMessage());
            assertFalse(refused.getMessage().contains(wrong.toString()));
        }
        assertThrows(
                BookException.class, () -> Book.of(market.terms(), market.contributor("bank-c"), List.of(fits, fits)));
        assertThrows(
                BookException.class,
                () -> Book.of(market.terms(), market.contributor("bank-c"), List.of(fits.subList(0, 3))));
    }

    private Submission encode(String contributor, long sequence, List<BigInteger> numbers) {
        return encoder.encode(market.contributor(contributor), sequence, 0, numbers, SampleMarket.partyKeys());
    }

    private List<OpenedBook> openAll(String contributor, Submission submission) {
        BoardEntry entry = new BoardEntry(contributor, 0, submission.toByteString(), BoardEntry.EMPTY_HEAD);
        List<OpenedBook> opened = new ArrayList<>();
        for (PartyId party : PartyId.values()) {
            SubmissionOpener opener = new SubmissionOpener(
                    party, market.terms(), SampleMarket.decryptionKey(party), market.commitments());
            OpeningOutcome outcome = opener.open(new CheckOutcome.Submitted(entry, submission));
            opened.add(assertInstanceOf(OpeningOutcome.Opened.class, outcome).book());
        }
        return opened;
    }

    private static BigInteger number(long[] words, int wire) {
        BigInteger number = BigInteger.valueOf(words[3 * wire + 2]);
        for (int word = 1; word >= 0; word--) {
            number = number.shiftLeft(64).or(new BigInteger(Long.toUnsignedString(words[3 * wire + word])));
        }
        return number;
    }

    private static ByteString bytes32(BigInteger value) {
        byte[] bytes = new byte[32];
        byte[] signed = value.toByteArray();
        int length = Math.min(32, signed.length);
        System.arraycopy(signed, signed.length - length, bytes, 32 - length, length);
        return ByteString.copyFrom(bytes);
    }
}
