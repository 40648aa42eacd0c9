package io.veilflow.zk.statement;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The public input that ties a proof to its window: 253 bits of the hash of chain, registry, job, window and manifest root
 * (docs/wire.md section 10). The circuit squares it in a row of its own, so a proof for one context is none for another.
 */
public record ContextHash(BigInteger value) {
    private static final int WORD = 32;
    private static final int ADDRESS_BYTES = 20;
    /** The lowest bits are dropped so that the value is always below r. */
    private static final int DROPPED_BITS = 3;

    private static final byte[] LABEL = Keccak.hash("veilflow/context/1".getBytes(StandardCharsets.UTF_8));

    public ContextHash {
        if (value.signum() < 0 || value.bitLength() > 8 * WORD - DROPPED_BITS) {
            throw new IllegalArgumentException("a context has at most " + (8 * WORD - DROPPED_BITS) + " bits");
        }
    }

    /**
     * @param chainId not negative
     * @param registry address, 20 bytes
     * @param jobId 32 bytes
     * @param window not negative
     * @param manifestRoot 32 bytes
     */
    public static ContextHash of(long chainId, byte[] registry, byte[] jobId, long window, byte[] manifestRoot) {
        requireLength(registry, ADDRESS_BYTES, "registry");
        requireLength(jobId, WORD, "job id");
        requireLength(manifestRoot, WORD, "manifest root");
        if (chainId < 0 || window < 0) {
            throw new IllegalArgumentException("chain id " + chainId + ", window " + window);
        }
        ByteBuffer encoded = ByteBuffer.allocate(6 * WORD);
        encoded.put(LABEL);
        encoded.position(2 * WORD - Long.BYTES).putLong(chainId);
        encoded.position(3 * WORD - ADDRESS_BYTES).put(registry);
        encoded.put(jobId);
        encoded.position(5 * WORD - Long.BYTES).putLong(window);
        encoded.put(manifestRoot);
        return new ContextHash(new BigInteger(1, Keccak.hash(encoded.array())).shiftRight(DROPPED_BITS));
    }

    private static void requireLength(byte[] bytes, int length, String what) {
        if (bytes.length != length) {
            throw new IllegalArgumentException(what + ": " + bytes.length + " bytes, not " + length);
        }
    }
}
