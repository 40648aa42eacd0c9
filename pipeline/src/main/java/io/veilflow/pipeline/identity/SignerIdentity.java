package io.veilflow.pipeline.identity;

/** A contributor or the feeder with its secret key. Closing it wipes the key. */
public final class SignerIdentity implements AutoCloseable {
    private final PublicIdentity publicIdentity;
    private final SigningKey signingKey;

    SignerIdentity(PublicIdentity publicIdentity, SigningKey signingKey) {
        this.publicIdentity = publicIdentity;
        this.signingKey = signingKey;
    }

    public String name() {
        return publicIdentity.name();
    }

    public PublicIdentity publicIdentity() {
        return publicIdentity;
    }

    /** Belongs to this identity. */
    public SigningKey signingKey() {
        return signingKey;
    }

    @Override
    public void close() {
        signingKey.close();
    }

    @Override
    public String toString() {
        return "SignerIdentity[" + name() + "]";
    }
}
