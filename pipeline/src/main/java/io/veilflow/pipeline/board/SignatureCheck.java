package io.veilflow.pipeline.board;

import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** Whether a signature is a key's over exactly this message. */
public interface SignatureCheck {
    /** A signature of a wrong length does not hold. */
    boolean holds(Ed25519PublicKeyParameters key, byte[] message, byte[] signature);

    /** RFC 8032. Thread-safe. */
    static SignatureCheck ed25519() {
        return (key, message, signature) -> {
            Ed25519Signer verification = new Ed25519Signer();
            verification.init(false, key);
            verification.update(message, 0, message.length);
            return verification.verifySignature(signature);
        };
    }
}
