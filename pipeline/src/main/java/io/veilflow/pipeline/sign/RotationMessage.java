package io.veilflow.pipeline.sign;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.key.KeyPurpose;

/**
 * Names the group key that signs a job's windows from a window on. Signed with the key before it.
 *
 * @param chainId of the chain that it is for
 * @param registry address of the WindowRegistry, 20 bytes
 * @param jobId 32 bytes
 * @param fromWindow unsigned
 * @param newKey compressed point on secp256k1, 33 bytes
 */
public record RotationMessage(long chainId, ByteString registry, ByteString jobId, long fromWindow, ByteString newKey)
        implements GroupStatement {
    private static final String LABEL = "veilflow/rotate/1";

    public RotationMessage {
        PointParts.require(newKey);
        if (fromWindow < 0) {
            throw new IllegalArgumentException("window " + fromWindow);
        }
    }

    /** x of the new key, 32 bytes. */
    public ByteString newX() {
        return PointParts.x(newKey);
    }

    /** Parity of y of the new key, 0 or 1. */
    public int newParity() {
        return PointParts.parity(newKey);
    }

    @Override
    public byte[] digest() {
        return new AbiWords(7)
                .label(LABEL)
                .number(chainId)
                .aligned("registry", registry, 20)
                .aligned("job id", jobId, 32)
                .number(fromWindow)
                .aligned("x of the new key", newX(), 32)
                .number(newParity())
                .keccak256();
    }

    @Override
    public KeyPurpose key() {
        return KeyPurpose.RESULT;
    }

    @Override
    public String title() {
        return "rotation of the result key from window " + fromWindow;
    }
}
