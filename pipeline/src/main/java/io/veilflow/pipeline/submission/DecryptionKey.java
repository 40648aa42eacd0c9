package io.veilflow.pipeline.submission;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.wire.Ciphertext;
import java.util.Optional;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;

/**
 * A party's secret HPKE key. Bouncy Castle's key object cannot be wiped: what {@link #close} does is to let go of it and to
 * refuse further use; an opening that runs ends. Thread-safe: openings run side by side.
 */
public final class DecryptionKey implements AutoCloseable {
    private final EncryptionPublicKey publicKey;
    private volatile AsymmetricCipherKeyPair pair;

    /** @param secretKey X25519, 32 bytes; the caller wipes it */
    public DecryptionKey(byte[] secretKey) {
        if (secretKey.length != X25519PrivateKeyParameters.KEY_SIZE) {
            throw new IllegalArgumentException("an X25519 key has 32 bytes, not " + secretKey.length);
        }
        X25519PrivateKeyParameters secret = new X25519PrivateKeyParameters(secretKey, 0);
        this.pair = new AsymmetricCipherKeyPair(secret.generatePublicKey(), secret);
        this.publicKey = new EncryptionPublicKey(
                ByteString.copyFrom(secret.generatePublicKey().getEncoded()));
    }

    public EncryptionPublicKey publicKey() {
        return publicKey;
    }

    /** The plaintext, which the caller wipes; nothing if the ciphertext is not for this key and associated data. */
    public Optional<byte[]> open(byte[] associatedData, Ciphertext ciphertext) {
        return SubmissionCipher.open(this, associatedData, ciphertext);
    }

    AsymmetricCipherKeyPair pair() {
        AsymmetricCipherKeyPair usable = pair;
        if (usable == null) {
            throw new IllegalStateException("the decryption key is closed");
        }
        return usable;
    }

    @Override
    public void close() {
        pair = null;
    }

    @Override
    public String toString() {
        return "DecryptionKey";
    }
}
