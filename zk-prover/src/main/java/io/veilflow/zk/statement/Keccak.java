package io.veilflow.zk.statement;

import org.bouncycastle.crypto.digests.KeccakDigest;

/** keccak256 as the EVM computes it. */
public final class Keccak {
    public static final int BYTES = 32;

    private Keccak() {}

    /** The hash of the concatenation. */
    public static byte[] hash(byte[]... parts) {
        KeccakDigest digest = new KeccakDigest(8 * BYTES);
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] hash = new byte[BYTES];
        digest.doFinal(hash, 0);
        return hash;
    }
}
