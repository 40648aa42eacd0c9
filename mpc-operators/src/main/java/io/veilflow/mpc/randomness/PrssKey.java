package io.veilflow.mpc.randomness;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One PRSS key: key_i of an epoch, shared by P_i and P_{i-1} and unknown to P_{i+1} (PROTOCOLS 4.0). K_ctx =
 * HKDF-Expand(key_i, "veilflow/prss/1" || ctx, 16) with SHA-256. Thread-safe.
 *
 * <p>A proof opens dozens of streams for an element or two each, and looking up an algorithm of the Java runtime takes longer than using it: so
 * the key keeps one of each.
 */
public final class PrssKey implements AutoCloseable {
    private static final byte[] LABEL = "veilflow/prss/1".getBytes(StandardCharsets.UTF_8);

    private final byte[] key;
    private Mac mac;
    private Cipher cipher;
    private boolean closed;

    /** @param key 32 bytes, the output of HKDF-Extract or a whole HKDF; copied */
    public PrssKey(byte[] key) {
        if (key.length != 32) {
            throw new IllegalArgumentException("a PRSS key has 32 bytes, not " + key.length);
        }
        this.key = key.clone();
    }

    /** The 16 bytes of K_ctx. The caller wipes them. */
    public synchronized byte[] contextKey(byte[] context) {
        requireOpen();
        try {
            if (mac == null) {
                mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(key, "HmacSHA256"));
            }
            mac.update(LABEL);
            mac.update(context);
            byte[] block = mac.doFinal(new byte[] {1});
            byte[] out = Arrays.copyOf(block, PrssStream.KEY_BYTES);
            Arrays.fill(block, (byte) 0);
            return out;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no HmacSHA256", e);
        }
    }

    public synchronized PrssStream stream(byte[] context) {
        requireOpen();
        byte[] contextKey = contextKey(context);
        try {
            if (cipher == null) {
                cipher = PrssStream.newCipher();
            }
            return new PrssStream(contextKey, cipher);
        } finally {
            Arrays.fill(contextKey, (byte) 0);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
    }

    @Override
    public synchronized void close() {
        Arrays.fill(key, (byte) 0);
        mac = null;
        cipher = null;
        closed = true;
    }

    @Override
    public String toString() {
        return "PrssKey";
    }
}
