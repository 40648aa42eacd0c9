package io.veilflow.mpc.testing;

/** Where the K_ctx of the world's sessions come from. */
@FunctionalInterface
public interface ContextKeys {
    /** The 16 bytes of K_ctx of one PRSS key. */
    byte[] contextKey(int key, String path, String purpose);
}
