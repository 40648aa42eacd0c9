package io.veilflow.pipeline.board;

/** An Ed25519 signing key that signs and shows nothing else. */
@FunctionalInterface
public interface MessageSigner {
    /** @return 64 bytes */
    byte[] sign(byte[] message);
}
