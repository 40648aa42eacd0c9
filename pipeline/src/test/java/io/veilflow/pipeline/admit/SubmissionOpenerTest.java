package io.veilflow.pipeline.admit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.field.Words;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.contributor.BookEncoder;
import io.veilflow.pipeline.contributor.PartyKeys;
import io.veilflow.pipeline.encoding.Fields;
import io.veilflow.pipeline.job.ChainBinding;
import io.veilflow.pipeline.job.JobDefinition;
import io.veilflow.pipeline.job.SampleJob;
import io.veilflow.pipeline.submission.AssociatedData;
import io.veilflow.pipeline.submission.ComponentCommitments;
import io.veilflow.pipeline.submission.DecryptionKey;
import io.veilflow.pipeline.submission.EncryptionPublicKey;
import io.veilflow.pipeline.submission.SampleMarket;
import io.veilflow.pipeline.submission.SubmissionCipher;
import io.veilflow.pipeline.wire.Reason;
import io.veilflow.pipeline.wire.Submission;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a party says of a submission that it cannot use, each kind by its own reason. */
class SubmissionOpenerTest {
    private static final BigInteger TWO_TO_166 = BigInteger.ONE.shiftLeft(166);

    private final SampleMarket market = new SampleMarket();

    @Test
    void aGoodSubmissionOpensAtEveryParty() {
        Submission submission = encode(market.commitments(), BigInteger.TEN);
        for (PartyId party : PartyId.values()) {
            OpenedBook book = assertInstanceOf(OpeningOutcome.Opened.class, open(party, "bank-b", submission))
                    .book();
            assertEquals(8, book.numbers().count());
            assertEquals(8, book.firstWire());
            assertEquals("OpenedBook[bank-b]", book.toString());
        }
    }

    /** A2. */
    @Test
    void aCommitmentToSomethingElseIsFoundByItsTwoHoldersAlone() {
        for (int wrong = 0; wrong < 3; wrong++) {
            Submission submission = encode(lyingAbout(wrong), BigInteger.TEN);
            for (PartyId party : PartyId.values()) {
                OpeningOutcome outcome = open(party, "bank-b", submission);
                if (party.holds(wrong)) {
                    assertEquals(new OpeningOutcome.Refused(Reason.COMMITMENT_MISMATCH), outcome);
                } else {
                    assertInstanceOf(OpeningOutcome.Opened.class, outcome);
                }
            }
        }
    }

    /** A1: right modulo r and wrong as an integer, which a commitment does not see. */
    @Test
    void aComponentOutsideItsIntegerRangeIsRefused() {
        for (BigInteger number : List.of(TWO_TO_166, TWO_TO_166.negate())) {
            Submission submission = encode(market.commitments(), number);
            assertInstanceOf(OpeningOutcome.Opened.class, open(PartyId.P0, "bank-b", submission));
            for (PartyId holder : List.of(PartyId.P1, PartyId.P2)) {
                assertEquals(
                        new OpeningOutcome.Refused(Reason.COMPONENT_OUT_OF_RANGE), open(holder, "bank-b", submission));
            }
        }
    }

    @Test
    @DisplayName("A2, C2: components that their other holders forward are taken if and only if they match range and"
            + " commitment")
    void forwardedComponents() {
        Submission submission = encode(market.commitments(), BigInteger.TEN);
        for (PartyId refuser : PartyId.values()) {
            OpenedBook before = book(refuser.previous(), submission);
            OpenedBook after = book(refuser.next(), submission);
            byte[] own = component(before.numbers().next(), before.blinding().nextBytes());
            byte[] next = component(after.numbers().own(), after.blinding().ownBytes());
            OpenedBook settled = assertInstanceOf(
                            OpeningOutcome.Opened.class, openForwarded(refuser, submission, own, next))
                    .book();
            OpenedBook direct = book(refuser, submission);
            assertArrayEquals(direct.numbers().own(), settled.numbers().own());
            assertArrayEquals(direct.numbers().next(), settled.numbers().next());
            assertArrayEquals(direct.blinding().ownBytes(), settled.blinding().ownBytes());
            for (int at : new int[] {0, own.length - 33, own.length - 1}) {
                byte[] wrong = own.clone();
                wrong[at] ^= 1;
                assertInstanceOf(OpeningOutcome.Refused.class, openForwarded(refuser, submission, wrong, next));
                wrong = next.clone();
                wrong[at] ^= 1;
                assertInstanceOf(OpeningOutcome.Refused.class, openForwarded(refuser, submission, own, wrong));
            }
        }
    }

    /** A1: a commitment does not see the modulus, the range check does. */
    @Test
    void forwardedComponentsThatAreRightModuloROnlyAreRefused() {
        Submission submission = encode(market.commitments(), BigInteger.TEN);
        OpenedBook before = book(PartyId.P2, submission);
        OpenedBook after = book(PartyId.P1, submission);
        long[] shifted = before.numbers().next().clone();
        shifted[2] |= 1L << 31;
        byte[] own = component(shifted, before.blinding().nextBytes());
        byte[] next = component(after.numbers().own(), after.blinding().ownBytes());
        assertEquals(
                new OpeningOutcome.Refused(Reason.COMPONENT_OUT_OF_RANGE),
                openForwarded(PartyId.P0, submission, own, next));
    }

    private OpenedBook book(PartyId party, Submission submission) {
        return assertInstanceOf(OpeningOutcome.Opened.class, open(party, "bank-b", submission))
                .book();
    }

    private static byte[] component(long[] numbers, byte[] blinding) {
        byte[] words = Words.encode(numbers);
        byte[] out = Arrays.copyOf(words, words.length + blinding.length);
        System.arraycopy(blinding, 0, out, words.length, blinding.length);
        return out;
    }

    /** A4. */
    @Test
    void aCiphertextForAnotherPartyDoesNotDecrypt() {
        List<DecryptionKey> keys = List.of(
                SampleMarket.decryptionKey(PartyId.P1),
                SampleMarket.decryptionKey(PartyId.P2),
                SampleMarket.decryptionKey(PartyId.P0));
        PartyKeys rotated =
                new PartyKeys(keys.stream().map(DecryptionKey::publicKey).toList());
        BookEncoder encoder = new BookEncoder(market.terms(), market.commitments(), new SecureRandom());
        Submission submission =
                encoder.encode(market.contributor("bank-b"), 1, 0, market.numbers("bank-b", BigInteger.ONE), rotated);
        for (PartyId party : PartyId.values()) {
            assertEquals(new OpeningOutcome.Refused(Reason.NOT_DECRYPTABLE), open(party, "bank-b", submission));
        }
    }

    /** A5: whatever the associated data names cannot be changed, and nobody can post it under another name. */
    @Test
    void aCiphertextIsBoundToEverythingElseInTheSubmission() {
        Submission good = encode(market.commitments(), BigInteger.TEN);
        ByteString other = ByteString.copyFrom(new byte[32]);
        List<Submission> changed = List.of(
                good.toBuilder().setChainId(1).build(),
                good.toBuilder().setRegistry(other.substring(12)).build(),
                good.toBuilder().setJobId(other).build(),
                good.toBuilder().setRole(1).build(),
                good.toBuilder().setFirstSlot(0).build(),
                good.toBuilder().setUsedSlots(1).build(),
                good.toBuilder().setSlots(1).build(),
                good.toBuilder().setRecordId(other.substring(16)).build(),
                good.toBuilder().setSequence(2).build(),
                good.toBuilder().setRuleHash(other).build(),
                good.toBuilder().setSchemaVersion(1).build(),
                good.toBuilder().setKeyDigest(other).build(),
                good.toBuilder().setCommitments(0, good.getCommitments(1)).build(),
                good.toBuilder().setCommitments(1, good.getCommitments(2)).build(),
                good.toBuilder().setCommitments(2, good.getCommitments(0)).build());
        for (Submission submission : changed) {
            assertEquals(new OpeningOutcome.Refused(Reason.NOT_DECRYPTABLE), open(PartyId.P1, "bank-b", submission));
        }
        // bank-a owns as many slots: sizes agree, the name does not
        assertEquals(new OpeningOutcome.Refused(Reason.NOT_DECRYPTABLE), open(PartyId.P1, "bank-a", good));
    }

    @Test
    void aSubmissionOfAnotherChainDoesNotDecryptHere() {
        JobDefinition sample = SampleJob.definition();
        SampleMarket elsewhere = new SampleMarket(new JobDefinition(
                sample.name(),
                sample.profile(),
                sample.environment(),
                sample.program(),
                sample.contributors(),
                sample.parties(),
                sample.group(),
                sample.feeder(),
                sample.windows(),
                new ChainBinding(1, sample.chain().registry()),
                sample.keyDigest(),
                sample.basisDigest()));
        BookEncoder encoder = new BookEncoder(elsewhere.terms(), market.commitments(), new SecureRandom());
        Submission foreign = encoder.encode(
                market.contributor("bank-b"), 1, 0, market.numbers("bank-b", BigInteger.ONE), SampleMarket.partyKeys());
        Submission relabelled =
                foreign.toBuilder().setChainId(sample.chain().chainId()).build();
        assertEquals(new OpeningOutcome.Refused(Reason.NOT_DECRYPTABLE), open(PartyId.P0, "bank-b", relabelled));
    }

    @Test
    void changedOrInventedCiphertextsDoNotDecrypt() {
        Submission good = encode(market.commitments(), BigInteger.TEN);
        byte[] bytes = good.getCiphertexts(0).getCiphertext().toByteArray();
        bytes[bytes.length / 2] ^= 1;
        Submission.Builder flipped = good.toBuilder();
        flipped.getCiphertextsBuilder(0).setCiphertext(ByteString.copyFrom(bytes));
        assertEquals(new OpeningOutcome.Refused(Reason.NOT_DECRYPTABLE), open(PartyId.P0, "bank-b", flipped.build()));
        Submission.Builder smallOrder = good.toBuilder();
        smallOrder.getCiphertextsBuilder(0).setEncapsulatedKey(ByteString.copyFrom(new byte[32]));
        assertEquals(
                new OpeningOutcome.Refused(Reason.NOT_DECRYPTABLE), open(PartyId.P0, "bank-b", smallOrder.build()));
    }

    /** Numbers and blinding all zero: the commitment would be the point at infinity, which is no point. */
    @Test
    void aComponentWithoutAnyBlindingIsAMismatchAndNoError() {
        assertEquals(
                new OpeningOutcome.Refused(Reason.COMMITMENT_MISMATCH),
                open(PartyId.P2, "bank-b", withPlaintext(PartyId.P2, new byte[8 * 21 + 32], new byte[48])));
    }

    @Test
    void aBlindingThatIsNotCanonicalIsRefused() {
        byte[] blob = new byte[48];
        Arrays.fill(blob, 16, 48, (byte) 0xff);
        assertEquals(
                new OpeningOutcome.Refused(Reason.COMPONENT_OUT_OF_RANGE),
                open(PartyId.P0, "bank-b", withPlaintext(PartyId.P0, blob, blob)));
    }

    @Test
    void aPlaintextOfAnotherFormIsRefused() {
        Submission twoShort = withPlaintext(PartyId.P0, new byte[48], new byte[46]);
        assertEquals(new OpeningOutcome.Refused(Reason.NOT_DECRYPTABLE), open(PartyId.P0, "bank-b", twoShort));
        Submission moved = withPlaintext(PartyId.P0, new byte[49], new byte[47]);
        assertEquals(new OpeningOutcome.Refused(Reason.NOT_DECRYPTABLE), open(PartyId.P0, "bank-b", moved));
    }

    @Test
    void theStoreWipesWhatItLetsGo() {
        Submission first = encode(market.commitments(), BigInteger.TEN);
        Submission second = encode(market.commitments(), BigInteger.TWO);
        try (BookStore store = new BookStore()) {
            OpenedBook old = opened(first, 0);
            OpenedBook replacement = opened(second, 1);
            OpenedBook refused = opened(second, 2);
            store.add(old);
            store.add(replacement);
            store.add(refused);
            assertTrue(store.inForce("bank-b").isEmpty());
            store.admit(old.submissionHash());
            assertEquals(old, store.inForce("bank-b").orElseThrow());
            long[] secret = old.numbers().own();
            store.admit(replacement.submissionHash());
            assertEquals(replacement, store.inForce("bank-b").orElseThrow());
            assertThrows(IllegalStateException.class, old::numbers);
            assertTrue(Arrays.stream(secret).allMatch(word -> word == 0));
            store.discard(refused.submissionHash());
            assertThrows(IllegalStateException.class, refused::blinding);
            assertThrows(IllegalStateException.class, () -> store.admit(refused.submissionHash()));
            store.withdraw("bank-b");
            assertFalse(store.inForce("bank-b").isPresent());
            assertThrows(IllegalStateException.class, replacement::numbers);
        }
    }

    /** A good submission whose ciphertext for one party holds these blobs instead. */
    private Submission withPlaintext(PartyId party, byte[] own, byte[] next) {
        Submission good = encode(market.commitments(), BigInteger.TEN);
        EncryptionPublicKey key = SampleMarket.partyKeys().of(party);
        byte[] associatedData = AssociatedData.of(good, "bank-b", party, key.id());
        return good.toBuilder()
                .setCiphertexts(party.index(), SubmissionCipher.seal(key, associatedData, Fields.of(own, next)))
                .build();
    }

    private OpenedBook opened(Submission submission, long record) {
        OpeningOutcome outcome = opener(PartyId.P0).open(submitted("bank-b", record, submission));
        return assertInstanceOf(OpeningOutcome.Opened.class, outcome).book();
    }

    private Submission encode(ComponentCommitments commitments, BigInteger number) {
        BookEncoder encoder = new BookEncoder(market.terms(), commitments, new SecureRandom());
        return encoder.encode(
                market.contributor("bank-b"), 1, 0, market.numbers("bank-b", number), SampleMarket.partyKeys());
    }

    /** Commits to other numbers than those that are encrypted, in one component. */
    private ComponentCommitments lyingAbout(int component) {
        return new ComponentCommitments() {
            private int next;

            @Override
            public ByteString commit(int firstWire, byte[] numbers, byte[] blinding) {
                byte[] committed = numbers.clone();
                committed[31] ^= (byte) (next++ == component ? 1 : 0);
                return market.commitments().commit(firstWire, committed, blinding);
            }

            @Override
            public boolean isPoint(ByteString commitment) {
                return market.commitments().isPoint(commitment);
            }
        };
    }

    private OpeningOutcome open(PartyId party, String contributor, Submission submission) {
        return opener(party).open(submitted(contributor, 0, submission));
    }

    private OpeningOutcome openForwarded(PartyId party, Submission submission, byte[] own, byte[] next) {
        return opener(party)
                .openForwarded(
                        submitted("bank-b", 0, submission),
                        new ComponentForwarding.Forwarded(own.clone(), next.clone()));
    }

    private SubmissionOpener opener(PartyId party) {
        return new SubmissionOpener(party, market.terms(), SampleMarket.decryptionKey(party), market.commitments());
    }

    private static CheckOutcome.Submitted submitted(String contributor, long record, Submission submission) {
        ByteString bytes = submission.toByteString().concat(ByteString.copyFromUtf8("" + record));
        return new CheckOutcome.Submitted(
                new BoardEntry(contributor, record, bytes, BoardEntry.EMPTY_HEAD), submission);
    }
}
