package io.veilflow.pipeline.admit;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.field.Int192;
import io.veilflow.mpc.field.NotCanonicalException;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.field.Words;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.replicated.IntegerSharing;
import io.veilflow.pipeline.encoding.Fields;
import io.veilflow.pipeline.job.EnrolledContributor;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.submission.AssociatedData;
import io.veilflow.pipeline.submission.ComponentCommitments;
import io.veilflow.pipeline.submission.ComponentLayout;
import io.veilflow.pipeline.submission.DecryptionKey;
import io.veilflow.pipeline.wire.Ciphertext;
import io.veilflow.pipeline.wire.Reason;
import io.veilflow.pipeline.wire.Submission;
import java.util.Arrays;
import java.util.Optional;

/**
 * Opens this party's ciphertext of a submission and checks what only a holder of the components can (PROTOCOLS 4.1, 10.1):
 * it decrypts under the associated data that this submission must have, it has the right form, component 2 lies in its
 * integer range (0 and 1 do by construction where they travel as seeds), and both held components match their commitments.
 *
 * <p><b>Security.</b> No message is sent. What a number is never decides what happens next, beyond the reason itself. A
 * number that is too large as a whole passes here and fails in the range check.
 *
 * <p><b>Cost.</b> One HPKE opening and two multi-scalar multiplications of the book's size.
 */
public final class SubmissionOpener {
    /** 159 bits reach so far into the third word. */
    private static final int MASK_TOP_BITS = 159 - 128;

    private final PartyId self;
    private final JobTerms terms;
    private final DecryptionKey key;
    private final ComponentCommitments commitments;

    /** @param key the caller closes it */
    public SubmissionOpener(PartyId self, JobTerms terms, DecryptionKey key, ComponentCommitments commitments) {
        this.self = self;
        this.terms = terms;
        this.key = key;
        this.commitments = commitments;
    }

    /** @param submitted has passed {@link SubmissionCheck} */
    public OpeningOutcome open(CheckOutcome.Submitted submitted) {
        Submission submission = submitted.submission();
        String contributor = submitted.entry().writer();
        EnrolledContributor enrolled = terms.contributor(contributor).orElseThrow();
        Ciphertext ciphertext = submission.getCiphertexts(self.index());
        ByteString keyId = key.publicKey().id();
        if (!ciphertext.getKeyId().equals(keyId)) {
            return new OpeningOutcome.Refused(Reason.NOT_DECRYPTABLE);
        }
        Optional<byte[]> plaintext = key.open(AssociatedData.of(submission, contributor, self, keyId), ciphertext);
        if (plaintext.isEmpty()) {
            return new OpeningOutcome.Refused(Reason.NOT_DECRYPTABLE);
        }
        try {
            return read(plaintext.get(), submitted, enrolled);
        } finally {
            Arrays.fill(plaintext.get(), (byte) 0);
        }
    }

    /**
     * The same checks on components that their other holders forwarded, since this party could not open its ciphertext
     * (PROTOCOLS 4.1). Range and commitment leave one value only, so it does not matter who forwarded it.
     *
     * @param forwarded stays the caller's
     */
    public OpeningOutcome openForwarded(CheckOutcome.Submitted submitted, ComponentForwarding.Forwarded forwarded) {
        EnrolledContributor enrolled =
                terms.contributor(submitted.entry().writer()).orElseThrow();
        int bytes = ComponentForwarding.bytes(terms.wires(enrolled));
        if (forwarded.own().length != bytes || forwarded.next().length != bytes) {
            throw new IllegalArgumentException("forwarded components of another book");
        }
        return check(
                submitted,
                enrolled,
                forwardedNumbers(forwarded.own()),
                forwardedNumbers(forwarded.next()),
                blinding(forwarded.own()),
                blinding(forwarded.next()));
    }

    private OpeningOutcome read(byte[] plaintext, CheckOutcome.Submitted submitted, EnrolledContributor enrolled) {
        int wires = terms.wires(enrolled);
        int own = self.index();
        int next = self.next().index();
        byte[][] blobs;
        try {
            blobs = Fields.split(
                    plaintext, ComponentLayout.blobBytes(own, wires), ComponentLayout.blobBytes(next, wires));
        } catch (IllegalArgumentException notThisForm) {
            return new OpeningOutcome.Refused(Reason.NOT_DECRYPTABLE);
        }
        try {
            return check(
                    submitted,
                    enrolled,
                    numbers(own, blobs[0], wires),
                    numbers(next, blobs[1], wires),
                    blinding(blobs[0]),
                    blinding(blobs[1]));
        } finally {
            Arrays.fill(blobs[0], (byte) 0);
            Arrays.fill(blobs[1], (byte) 0);
        }
    }

    /** Numbers and blindings belong to this method. */
    private OpeningOutcome check(
            CheckOutcome.Submitted submitted,
            EnrolledContributor enrolled,
            long[] ownNumbers,
            long[] nextNumbers,
            byte[] ownBlinding,
            byte[] nextBlinding) {
        int own = self.index();
        int next = self.next().index();
        int firstWire = terms.firstWire(enrolled);
        IntegerShares shares = new IntegerShares(terms.wires(enrolled), ownNumbers, nextNumbers);
        try {
            boolean inRange = inRange(own, ownNumbers) & inRange(next, nextNumbers);
            ElementShares blinding = ElementShares.fromBytes(PrimeField.FR, ownBlinding, nextBlinding);
            Submission submission = submitted.submission();
            boolean matches = matches(submission.getCommitments(own), firstWire, ownNumbers, ownBlinding)
                    & matches(submission.getCommitments(next), firstWire, nextNumbers, nextBlinding);
            if (!inRange || !matches) {
                shares.wipe();
                blinding.wipe();
                return new OpeningOutcome.Refused(inRange ? Reason.COMMITMENT_MISMATCH : Reason.COMPONENT_OUT_OF_RANGE);
            }
            return new OpeningOutcome.Opened(new OpenedBook(
                    submitted.entry().writer(), submitted.entry().recordHash(), firstWire, shares, blinding));
        } catch (NotCanonicalException blindingAtOrAboveR) {
            shares.wipe();
            return new OpeningOutcome.Refused(Reason.COMPONENT_OUT_OF_RANGE);
        } finally {
            Arrays.fill(ownBlinding, (byte) 0);
            Arrays.fill(nextBlinding, (byte) 0);
        }
    }

    private boolean matches(ByteString commitment, int firstWire, long[] numbers, byte[] blinding) {
        byte[] scalars = IntegerSharing.scalars(numbers);
        try {
            return commitments.commit(firstWire, scalars, blinding).equals(commitment);
        } finally {
            Arrays.fill(scalars, (byte) 0);
        }
    }

    private static long[] numbers(int component, byte[] blob, int wires) {
        byte[] content = Arrays.copyOf(blob, blob.length - ComponentLayout.BLINDING_BYTES);
        try {
            return ComponentLayout.seeded(component)
                    ? IntegerSharing.expand(content, wires)
                    : IntegerSharing.decodeLast(content);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static long[] forwardedNumbers(byte[] component) {
        byte[] words = Arrays.copyOf(component, component.length - ComponentLayout.BLINDING_BYTES);
        try {
            return Words.decode(words);
        } finally {
            Arrays.fill(words, (byte) 0);
        }
    }

    private static byte[] blinding(byte[] blob) {
        return Arrays.copyOfRange(blob, blob.length - ComponentLayout.BLINDING_BYTES, blob.length);
    }

    private static boolean inRange(int component, long[] numbers) {
        return ComponentLayout.seeded(component) ? maskInRange(numbers) : IntegerSharing.lastInRange(numbers);
    }

    /** Every number in [0, 2^159): the range of components 0 and 1 (PROTOCOLS 3). Looks at all of them. */
    private static boolean maskInRange(long[] numbers) {
        long above = 0;
        for (int top = Int192.WORDS - 1; top < numbers.length; top += Int192.WORDS) {
            above |= numbers[top] >>> MASK_TOP_BITS;
        }
        return above == 0;
    }
}
