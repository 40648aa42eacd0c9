package io.veilflow.pipeline.submission;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.encoding.Fields;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.wire.Submission;

/**
 * What a ciphertext is bound to (docs/wire.md, section 7): a contributor cannot post another's commitments and
 * ciphertexts as its own, in another job, on another chain, in other slots or under another sequence, because then
 * nothing decrypts.
 */
public final class AssociatedData {
    private AssociatedData() {}

    /**
     * {@code aad_i}, 32 bytes.
     *
     * @param submission everything but the ciphertexts is set
     * @param keyId of the party's encryption key
     */
    public static byte[] of(Submission submission, String contributor, PartyId party, ByteString keyId) {
        return Hashes.sha256Fields(
                "veilflow/submission/2",
                Fields.u64(submission.getChainId()),
                submission.getRegistry().toByteArray(),
                submission.getJobId().toByteArray(),
                Fields.text(contributor),
                Fields.u32(submission.getRole()),
                Fields.u32(submission.getFirstSlot()),
                Fields.u32(submission.getSlots()),
                Fields.u32(submission.getUsedSlots()),
                submission.getRecordId().toByteArray(),
                Fields.u64(submission.getSequence()),
                submission.getRuleHash().toByteArray(),
                Fields.u32(submission.getSchemaVersion()),
                submission.getKeyDigest().toByteArray(),
                Fields.u32(party.index()),
                keyId.toByteArray(),
                submission.getCommitments(0).toByteArray(),
                submission.getCommitments(1).toByteArray(),
                submission.getCommitments(2).toByteArray());
    }
}
