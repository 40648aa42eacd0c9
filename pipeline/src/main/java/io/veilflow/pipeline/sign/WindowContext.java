package io.veilflow.pipeline.sign;

import com.google.protobuf.ByteString;

/**
 * The public input {@code context} (docs/wire.md, section 10): ties a proof to one window of one job on one chain and
 * registry, and to the manifest of its inputs.
 */
public final class WindowContext {
    private static final String LABEL = "veilflow/context/1";
    // A keccak256 shifted by three bits lies below 2^253, so below r.
    private static final int SHIFT = 3;

    private WindowContext() {}

    /**
     * @param registry address, 20 bytes
     * @param jobId 32 bytes
     * @param window unsigned
     * @param manifestRoot 32 bytes
     * @return a canonical Fr, 32 bytes big-endian
     */
    public static byte[] of(long chainId, ByteString registry, ByteString jobId, long window, ByteString manifestRoot) {
        byte[] hash = new AbiWords(6)
                .label(LABEL)
                .number(chainId)
                .aligned("registry", registry, 20)
                .aligned("job id", jobId, 32)
                .number(window)
                .aligned("manifest root", manifestRoot, 32)
                .keccak256();
        byte[] shifted = new byte[hash.length];
        int carry = 0;
        for (int i = 0; i < hash.length; i++) {
            int value = hash[i] & 0xff;
            shifted[i] = (byte) (carry << (8 - SHIFT) | value >> SHIFT);
            carry = value & (1 << SHIFT) - 1;
        }
        return shifted;
    }
}
