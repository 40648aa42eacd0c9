package io.veilflow.pipeline.identity;

import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** An Ed25519 secret key (RFC 8032). Signing is deterministic. Thread-safe until it is closed. */
public final class SigningKey implements AutoCloseable {
    private final byte[] seed;
    private final byte[] publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
    private volatile boolean closed;

    /** @param seed 32 bytes, copied */
    SigningKey(byte[] seed) {
        if (seed.length != Ed25519.SECRET_KEY_SIZE) {
            throw new IllegalArgumentException("an Ed25519 seed has 32 bytes, not " + seed.length);
        }
        this.seed = seed.clone();
        Ed25519.generatePublicKey(seed, 0, publicKey, 0);
    }

    public static SigningKey generate(SecureRandom random) {
        byte[] seed = new byte[Ed25519.SECRET_KEY_SIZE];
        random.nextBytes(seed);
        try {
            return new SigningKey(seed);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /** 64 bytes. */
    public byte[] sign(byte[] message) {
        if (closed) {
            throw new IllegalStateException("the signing key is closed");
        }
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(seed, 0, publicKey, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    public VerificationKey verificationKey() {
        return new VerificationKey(publicKey);
    }

    /** The seed, for its key file only. The caller wipes it. */
    byte[] exposeSeed() {
        return seed.clone();
    }

    @Override
    public void close() {
        closed = true;
        Arrays.fill(seed, (byte) 0);
    }

    @Override
    public String toString() {
        return "SigningKey";
    }
}
