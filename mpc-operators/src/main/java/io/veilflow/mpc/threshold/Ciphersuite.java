package io.veilflow.mpc.threshold;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A FROST ciphersuite over secp256k1 and SHA-256: the five hashes of RFC 9591, section 6, and that of key generation. The two differ in their
 * context string and in the challenge.
 */
public enum Ciphersuite {
    /** Ours (PROTOCOLS 9): its challenge is one keccak256 over what a contract has at hand, so that {@code ecrecover} checks a signature. */
    EVM("VEILFLOW-FROST-secp256k1-EVM-v1") {
        @Override
        public Scalar challenge(CurvePoint nonce, CurvePoint key, byte[] message) {
            return challenge(key, message, nonce.address());
        }
    },
    /** FROST(secp256k1, SHA-256) of RFC 9591, section 6.5: the same code is held to the RFC's vectors by it. */
    RFC_9591("FROST-secp256k1-SHA256-v1") {
        @Override
        public Scalar challenge(CurvePoint nonce, CurvePoint key, byte[] message) {
            return hash("chal", nonce.encoded(), key.encoded(), message);
        }
    };

    private final String context;

    Ciphersuite(String context) {
        this.context = context;
    }

    /** The EVM suite's challenge from the nonce's address, which is all of it that a signature has. */
    static Scalar challenge(CurvePoint key, byte[] message, byte[] nonceAddress) {
        return Scalar.reduce(CurvePoint.keccak256(key.x(), new byte[] {(byte) key.parity()}, message, nonceAddress));
    }

    /** H1. */
    public Scalar bindingFactor(byte[]... parts) {
        return hash("rho", parts);
    }

    /** H2: what the nonce, the group key and the message are bound by. */
    public abstract Scalar challenge(CurvePoint nonce, CurvePoint key, byte[] message);

    /** H3. */
    public Scalar nonce(byte[]... parts) {
        return hash("nonce", parts);
    }

    /** H4. */
    public byte[] message(byte[] message) {
        return digest("msg", message);
    }

    /** H5. */
    public byte[] commitments(byte[] list) {
        return digest("com", list);
    }

    /** Of proofs of possession. */
    public Scalar keyGeneration(byte[]... parts) {
        return hash("dkg", parts);
    }

    /** What a presignature of threshold ECDSA is multiplied by before it signs (PROTOCOLS 9). */
    public Scalar rerandomisation(byte[]... parts) {
        return hash("ecdsa", parts);
    }

    Scalar hash(String tag, byte[]... parts) {
        return HashToScalar.hash(context + tag, parts);
    }

    private byte[] digest(String tag, byte[] bytes) {
        MessageDigest sha = HashToScalar.sha256();
        sha.update((context + tag).getBytes(StandardCharsets.US_ASCII));
        return sha.digest(bytes);
    }
}
