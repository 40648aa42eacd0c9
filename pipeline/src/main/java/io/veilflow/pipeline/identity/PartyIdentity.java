package io.veilflow.pipeline.identity;

import io.veilflow.mpc.party.PartyId;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** One party with all its secret keys. Closing it wipes those that this class holds as bytes. */
public final class PartyIdentity implements AutoCloseable {
    private final PartyId party;
    private final PublicIdentity publicIdentity;
    private final X509Certificate certificate;
    private final PartySecrets secrets;

    PartyIdentity(PartyId party, PublicIdentity publicIdentity, X509Certificate certificate, PartySecrets secrets) {
        this.party = party;
        this.publicIdentity = publicIdentity;
        this.certificate = certificate;
        this.secrets = secrets;
    }

    public PartyId party() {
        return party;
    }

    public String name() {
        return publicIdentity.name();
    }

    public PublicIdentity publicIdentity() {
        return publicIdentity;
    }

    /** Signs board records and epochs. Belongs to this identity. */
    public SigningKey signingKey() {
        return secrets.signingKey();
    }

    public X509Certificate certificate() {
        return certificate;
    }

    public PrivateKey tlsKey() {
        return secrets.tlsKey();
    }

    /** The X25519 secret key, 32 bytes, a copy that the caller wipes. */
    public byte[] exposeEncryptionKey() {
        return secrets.exposeEncryptionKey();
    }

    @Override
    public void close() {
        secrets.close();
    }

    @Override
    public String toString() {
        return "PartyIdentity[" + name() + "]";
    }
}
