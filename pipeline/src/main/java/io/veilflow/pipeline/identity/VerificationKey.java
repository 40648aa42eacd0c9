package io.veilflow.pipeline.identity;

import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.bouncycastle.util.encoders.Hex;

/** An Ed25519 public key (RFC 8032). Points of small order are refused, so that no signature is valid for every message. */
public final class VerificationKey {
    private final byte[] key;

    /**
     * @param key 32 bytes, copied
     * @throws IllegalArgumentException if it is not a point of the prime-order subgroup in canonical form
     */
    public VerificationKey(byte[] key) {
        if (key.length != Ed25519.PUBLIC_KEY_SIZE || !Ed25519.validatePublicKeyFull(key, 0)) {
            throw new IllegalArgumentException("not an Ed25519 public key");
        }
        this.key = key.clone();
    }

    /** Whether the signature is this key's over exactly this message. A signature of a wrong length is not. */
    public boolean verify(byte[] message, byte[] signature) {
        return signature.length == Ed25519.SIGNATURE_SIZE
                && Ed25519.verify(signature, 0, key, 0, message, 0, message.length);
    }

    /** 32 bytes, a copy. */
    public byte[] bytes() {
        return key.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerificationKey that && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    @Override
    public String toString() {
        return Hex.toHexString(key);
    }
}
