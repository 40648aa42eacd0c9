package io.veilflow.pipeline.identity;

import io.veilflow.mpc.party.PartyId;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.interfaces.ECPrivateKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.util.BigIntegers;

/** The secret keys in a key file, for tests that search for them where they must not be. */
public final class ExposedKeys {
    private ExposedKeys() {}

    /** By what they are for, 32 bytes each. */
    public static Map<String, byte[]> ofParty(Path keys, PartyId party, Path passphrase) {
        try (PartyIdentity identity = IdentityFile.openParty(keys, party, passphrase)) {
            Map<String, byte[]> exposed = new LinkedHashMap<>();
            exposed.put("identity key", identity.signingKey().exposeSeed());
            exposed.put("result key", identity.exposeResultKey());
            exposed.put("decryption key", identity.exposeEncryptionKey());
            BigInteger scalar = ((ECPrivateKey) identity.tlsKey()).getS();
            exposed.put("TLS key", BigIntegers.asUnsignedByteArray(32, scalar));
            return exposed;
        }
    }

    public static byte[] ofSigner(Path keys, IdentityKind kind, String name, Path passphrase) {
        try (SignerIdentity identity = IdentityFile.openSigner(keys, kind, name, passphrase)) {
            return identity.signingKey().exposeSeed();
        }
    }
}
