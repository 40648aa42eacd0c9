package io.veilflow.pipeline.admit;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.submission.DecryptionKey;
import io.veilflow.pipeline.submission.SubmissionCipher;
import io.veilflow.pipeline.wire.Ciphertext;
import java.util.Arrays;
import java.util.Optional;

/**
 * Forwarded components for this party's journal, as the contributor should have sent them: encrypted to the party's own HPKE key, so
 * that they can be read exactly as long as the submissions on the board. Bound to their submission.
 */
public final class ForwardedSeal {
    private final DecryptionKey key;

    /** @param key the caller closes it */
    public ForwardedSeal(DecryptionKey key) {
        this.key = key;
    }

    /** @param forwarded stays the caller's */
    public Ciphertext seal(ByteString submissionHash, ComponentForwarding.Forwarded forwarded) {
        byte[] both = Arrays.copyOf(forwarded.own(), forwarded.own().length + forwarded.next().length);
        System.arraycopy(forwarded.next(), 0, both, forwarded.own().length, forwarded.next().length);
        try {
            return SubmissionCipher.seal(key.publicKey(), associatedData(submissionHash), both);
        } finally {
            Arrays.fill(both, (byte) 0);
        }
    }

    /** What was sealed, which the caller wipes; nothing if it was not for this key and submission. */
    public Optional<ComponentForwarding.Forwarded> open(ByteString submissionHash, Ciphertext sealed) {
        return key.open(associatedData(submissionHash), sealed).map(both -> {
            int half = both.length / 2;
            ComponentForwarding.Forwarded forwarded = new ComponentForwarding.Forwarded(
                    Arrays.copyOf(both, half), Arrays.copyOfRange(both, half, both.length));
            Arrays.fill(both, (byte) 0);
            return forwarded;
        });
    }

    private static byte[] associatedData(ByteString submissionHash) {
        return Hashes.sha256Fields("veilflow/forwarded/1", submissionHash.toByteArray());
    }
}
