package io.veilflow.pipeline.submission;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.wire.Submission;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** docs/wire.md, section 7, against values computed apart from this code. */
class AssociatedDataVectorTest {
    @Test
    void theAssociatedDataOfASubmissionForPartyTwo() {
        Submission submission = Submission.newBuilder()
                .setChainId(31_337)
                .setRegistry(filled(20, 1))
                .setJobId(filled(32, 2))
                .setRole(1)
                .setFirstSlot(4)
                .setSlots(2)
                .setUsedSlots(1)
                .setRecordId(filled(16, 3))
                .setSequence(7)
                .setRuleHash(filled(32, 4))
                .setSchemaVersion(2)
                .setKeyDigest(filled(32, 5))
                .addCommitments(filled(64, 7))
                .addCommitments(filled(64, 8))
                .addCommitments(filled(64, 9))
                .build();
        byte[] associatedData = AssociatedData.of(submission, "bank-a", PartyId.P2, filled(16, 6));
        assertEquals("ae568ab2dbed932d84b7a16f56ccf80e2a43dffdf51a17bdfb57b340b6c885be", hex(associatedData));
    }

    @Test
    void theIdOfAnEncryptionKey() {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        EncryptionPublicKey publicKey = new EncryptionPublicKey(ByteString.copyFrom(key));
        assertEquals("630dcd2966c4336691125448bbb25b4f", hex(publicKey.id().toByteArray()));
    }

    private static ByteString filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return ByteString.copyFrom(bytes);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
