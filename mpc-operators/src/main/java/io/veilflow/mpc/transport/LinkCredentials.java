package io.veilflow.mpc.transport;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Objects;

/**
 * How this party proves who it is: TLS key (EC P-256) with its certificate, and its Ed25519 identity, which stays with
 * its owner and only signs. The keys belong to the caller; closing them is its matter.
 */
public final class LinkCredentials {
    /** Signs with the party's Ed25519 identity key: 64 bytes. */
    @FunctionalInterface
    public interface IdentitySigner {
        byte[] sign(byte[] message);
    }

    private final PrivateKey tlsKey;
    private final X509Certificate certificate;
    private final IdentitySigner signer;

    public LinkCredentials(PrivateKey tlsKey, X509Certificate certificate, IdentitySigner signer) {
        this.tlsKey = Objects.requireNonNull(tlsKey);
        this.certificate = Objects.requireNonNull(certificate);
        this.signer = Objects.requireNonNull(signer);
    }

    PrivateKey tlsKey() {
        return tlsKey;
    }

    X509Certificate certificate() {
        return certificate;
    }

    byte[] sign(byte[] message) {
        return signer.sign(message);
    }

    @Override
    public String toString() {
        return "LinkCredentials";
    }
}
