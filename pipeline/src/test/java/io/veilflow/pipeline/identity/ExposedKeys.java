package io.veilflow.pipeline.identity;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.pipeline.key.GroupKeyStore;
import io.veilflow.pipeline.key.GroupShare;
import io.veilflow.pipeline.key.KeyPurpose;
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
            exposed.put("decryption key", identity.exposeEncryptionKey());
            BigInteger scalar = ((ECPrivateKey) identity.tlsKey()).getS();
            exposed.put("TLS key", BigIntegers.asUnsignedByteArray(32, scalar));
            return exposed;
        }
    }

    /** A party's share of the key that signs results, 32 bytes. */
    public static byte[] ofResultStore(Path store, PartyId party, Path passphraseFile) {
        try (Passphrase passphrase = Passphrase.read(passphraseFile);
                GroupShare share = GroupKeyStore.openShare(store, KeyPurpose.RESULT, party, passphrase);
                KeyShare secret = share.keyShare()) {
            return secret.exposeScalar();
        }
    }

    public static byte[] ofSigner(Path keys, IdentityKind kind, String name, Path passphrase) {
        try (SignerIdentity identity = IdentityFile.openSigner(keys, kind, name, passphrase)) {
            return identity.signingKey().exposeSeed();
        }
    }
}
