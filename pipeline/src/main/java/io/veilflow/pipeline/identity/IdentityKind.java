package io.veilflow.pipeline.identity;

/** Whose key file it is. */
public enum IdentityKind {
    /** Ed25519 identity, secp256k1 result key, TLS key and certificate, X25519 key for submissions. */
    PARTY("party"),
    /** Ed25519 identity only. */
    CONTRIBUTOR("contributor"),
    /** Ed25519 identity only. */
    FEEDER("feeder");

    private final String text;

    IdentityKind(String text) {
        this.text = text;
    }

    /** As in the file. */
    public String text() {
        return text;
    }
}
