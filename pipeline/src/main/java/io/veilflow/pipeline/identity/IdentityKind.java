package io.veilflow.pipeline.identity;

/** Whose key file it is. */
public enum IdentityKind {
    /** Ed25519 identity, TLS key and certificate, X25519 key for submissions. Version 1 had a key of its own for results. */
    PARTY("party", 2),
    /** Ed25519 identity only. */
    CONTRIBUTOR("contributor", 1),
    /** Ed25519 identity only. */
    FEEDER("feeder", 1);

    private final String text;
    private final int version;

    IdentityKind(String text, int version) {
        this.text = text;
        this.version = version;
    }

    /** As in the file. */
    public String text() {
        return text;
    }

    /** Of its key files. */
    int version() {
        return version;
    }
}
