package io.veilflow.pipeline.admit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.contributor.BookEncoder;
import io.veilflow.pipeline.submission.BasisCommitments;
import io.veilflow.pipeline.submission.PlainCommitments;
import io.veilflow.pipeline.submission.SampleMarket;
import io.veilflow.pipeline.wire.Reason;
import io.veilflow.pipeline.wire.Submission;
import io.veilflow.zk.key.KeyException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The native library's commitments against Bouncy Castle's curve arithmetic, and openings that use them. */
class NativeCommitmentsITCase {
    private final SampleMarket market = new SampleMarket();
    private final BasisCommitments commitments =
            BasisCommitments.of(market.terms(), market.commitments().basisBytes(), new SecureRandom());

    @Test
    void bothImplementationsCommitAlike() {
        long seed = 42;
        Random random = new Random(seed);
        for (int wires = 1; wires <= 8; wires++) {
            byte[] numbers = new byte[32 * wires];
            for (int wire = 0; wire < wires; wire++) {
                scalar(random).copyTo(numbers, 32 * wire);
            }
            byte[] blinding = scalar(random).toByteArray();
            int first = random.nextInt(20 - wires);
            ByteString point = commitments.commit(first, numbers, blinding);
            assertEquals(market.commitments().commit(first, numbers, blinding), point, "seed " + seed);
            assertTrue(commitments.isPoint(point));
        }
    }

    /** A16. */
    @Test
    void whatIsNoPointIsRefusedByBoth() {
        ByteString point =
                commitments.commit(0, new byte[32], scalar(new Random(1)).toByteArray());
        byte[] offCurve = point.toByteArray();
        offCurve[63] ^= 1;
        byte[] notReduced = point.toByteArray();
        notReduced[0] |= (byte) 0xc0;
        for (byte[] bad : new byte[][] {offCurve, notReduced, new byte[64], new byte[63], new byte[0]}) {
            assertFalse(commitments.isPoint(ByteString.copyFrom(bad)));
            assertFalse(market.commitments().isPoint(ByteString.copyFrom(bad)));
        }
    }

    /** A2, A21. */
    @Test
    void aSubmissionOpensUnderTheJobsBasisOnly() {
        BookEncoder encoder = new BookEncoder(market.terms(), commitments, new SecureRandom());
        Submission good = encoder.encode(
                market.contributor("bank-b"), 1, 0, market.numbers("bank-b", BigInteger.TEN), SampleMarket.partyKeys());
        BookEncoder otherBasis = new BookEncoder(
                market.terms(), new PlainCommitments(market.terms().rule().bookSize() + 1), new SecureRandom());
        Submission other = otherBasis.encode(
                market.contributor("bank-b"), 1, 0, market.numbers("bank-b", BigInteger.TEN), SampleMarket.partyKeys());
        for (PartyId party : PartyId.values()) {
            assertInstanceOf(OpeningOutcome.Opened.class, open(party, good));
            assertEquals(new OpeningOutcome.Refused(Reason.COMMITMENT_MISMATCH), open(party, other));
        }
    }

    @Test
    void aBasisOfAnotherDigestIsRefusedBeforeUse() {
        byte[] other = new PlainCommitments(market.terms().rule().bookSize() + 1).basisBytes();
        KeyException refused =
                assertThrows(KeyException.class, () -> BasisCommitments.of(market.terms(), other, new SecureRandom()));
        assertEquals(KeyException.Reason.DIGEST_MISMATCH, refused.reason());
    }

    private OpeningOutcome open(PartyId party, Submission submission) {
        SubmissionOpener opener =
                new SubmissionOpener(party, market.terms(), SampleMarket.decryptionKey(party), commitments);
        BoardEntry entry = new BoardEntry("bank-b", 0, submission.toByteString(), BoardEntry.EMPTY_HEAD);
        return opener.open(new CheckOutcome.Submitted(entry, submission));
    }

    private static ByteString scalar(Random random) {
        byte[] scalar = new byte[32];
        random.nextBytes(scalar);
        scalar[0] &= 0x1f;
        return ByteString.copyFrom(scalar);
    }
}
