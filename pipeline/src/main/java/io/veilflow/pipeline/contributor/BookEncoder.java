package io.veilflow.pipeline.contributor;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.field.Int192;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.IntegerSharing;
import io.veilflow.pipeline.encoding.Fields;
import io.veilflow.pipeline.job.EnrolledContributor;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.submission.AssociatedData;
import io.veilflow.pipeline.submission.ComponentCommitments;
import io.veilflow.pipeline.submission.ComponentLayout;
import io.veilflow.pipeline.submission.EncryptionPublicKey;
import io.veilflow.pipeline.submission.SubmissionCipher;
import io.veilflow.pipeline.wire.Submission;
import io.veilflow.zk.commitment.Blinding;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/**
 * Makes a submission of a book's numbers (PROTOCOLS 4.1): splits every number into three integer components (RISS, section
 * 3), commits to each component of the whole book, encrypts to each party the two components that it holds.
 *
 * <p><b>Security.</b> Seeds, blindings and record id are fresh in every call: a blinding used twice would show the
 * difference of two books. One party's two components are within 2^-95 of independent of each 64-bit number. Who holds two
 * parties' keys can read the book.
 *
 * <p><b>Cost.</b> Three multi-scalar multiplications of the book's size, three HPKE encryptions, 42 bytes a number and
 * some 600 bytes.
 */
public final class BookEncoder {
    private final JobTerms terms;
    private final ComponentCommitments commitments;
    private final SecureRandom random;

    /** @param commitments under the basis whose digest the job names */
    public BookEncoder(JobTerms terms, ComponentCommitments commitments, SecureRandom random) {
        this.terms = terms;
        this.commitments = commitments;
        this.random = random;
    }

    /**
     * @param sequence above all earlier ones of this contributor
     * @param usedSlots as {@link Book#usedSlots} has it
     * @param numbers of the whole book, in book order, as {@link Book} checks them; encoded as they are
     */
    public Submission encode(
            EnrolledContributor contributor, long sequence, int usedSlots, List<BigInteger> numbers, PartyKeys keys) {
        int wires = terms.wires(contributor);
        if (numbers.size() != wires) {
            throw new IllegalArgumentException(numbers.size() + " numbers, and a book of " + wires);
        }
        byte[][] blobs = new byte[ComponentLayout.COMPONENTS][];
        long[] rest = words(numbers);
        Submission.Builder submission = header(contributor, sequence).setUsedSlots(usedSlots);
        for (int component = 0; component < ComponentLayout.COMPONENTS; component++) {
            byte[] content;
            long[] words;
            if (ComponentLayout.seeded(component)) {
                content = random(ComponentLayout.SEED_BYTES);
                words = IntegerSharing.expand(content, wires);
                for (int at = 0; at < rest.length; at += Int192.WORDS) {
                    Int192.sub(rest, at, words, at, rest, at);
                }
            } else {
                words = rest;
                content = IntegerSharing.encodeLast(words);
            }
            byte[] blinding = blinding();
            submission.addCommitments(commit(terms.firstWire(contributor), words, blinding));
            blobs[component] = concat(content, blinding);
            Arrays.fill(words, 0);
            Arrays.fill(content, (byte) 0);
            Arrays.fill(blinding, (byte) 0);
        }
        for (PartyId party : PartyId.values()) {
            seal(submission, contributor, party, keys.of(party), blobs);
        }
        for (byte[] blob : blobs) {
            Arrays.fill(blob, (byte) 0);
        }
        return submission.build();
    }

    private Submission.Builder header(EnrolledContributor contributor, long sequence) {
        return Submission.newBuilder()
                .setChainId(terms.definition().chain().chainId())
                .setRegistry(terms.definition().chain().registry())
                .setJobId(terms.jobId())
                .setRole(contributor.role())
                .setFirstSlot(contributor.firstSlot())
                .setSlots(contributor.slots())
                .setRecordId(ByteString.copyFrom(random(ComponentLayout.RECORD_ID_BYTES)))
                .setSequence(sequence)
                .setRuleHash(terms.ruleHash())
                .setSchemaVersion(JobTerms.SCHEMA_VERSION)
                .setKeyDigest(terms.definition().keyDigest());
    }

    private ByteString commit(int firstWire, long[] words, byte[] blinding) {
        byte[] scalars = IntegerSharing.scalars(words);
        try {
            return commitments.commit(firstWire, scalars, blinding);
        } finally {
            Arrays.fill(scalars, (byte) 0);
        }
    }

    private static void seal(
            Submission.Builder submission,
            EnrolledContributor contributor,
            PartyId party,
            EncryptionPublicKey key,
            byte[][] blobs) {
        byte[] associatedData = AssociatedData.of(submission.build(), contributor.name(), party, key.id());
        byte[] plaintext = Fields.of(blobs[party.index()], blobs[party.next().index()]);
        try {
            submission.addCiphertexts(SubmissionCipher.seal(key, associatedData, plaintext));
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    private static long[] words(List<BigInteger> numbers) {
        long[] words = new long[numbers.size() * Int192.WORDS];
        for (int wire = 0; wire < numbers.size(); wire++) {
            for (int word = 0; word < Int192.WORDS; word++) {
                words[wire * Int192.WORDS + word] =
                        numbers.get(wire).shiftRight(Long.SIZE * word).longValue();
            }
        }
        return words;
    }

    private byte[] blinding() {
        try (Blinding fresh = Blinding.random(random)) {
            return fresh.secretBytes();
        }
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
