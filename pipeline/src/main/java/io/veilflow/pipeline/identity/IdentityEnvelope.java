package io.veilflow.pipeline.identity;

import io.veilflow.pipeline.identity.IdentityException.Problem;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The key file of an identity: a header in the clear, and the secrets under a {@link PassphraseSeal}.
 *
 * @param check 16 bytes
 * @param ciphertext with the tag at its end
 */
record IdentityEnvelope(Header header, byte[] check, byte[] ciphertext) {
    static final int LARGEST = 64 << 10;
    private static final PassphraseSeal SEAL = new PassphraseSeal("identity");

    /** @param certificate this and what follows in {@code keys}: a party's only, else null */
    record Keys(byte[] identityKey, byte[] certificate, byte[] encryptionKey) {
        Keys {
            Objects.requireNonNull(identityKey);
        }
    }

    record Header(int version, String kind, String name, Keys keys, KdfParameters argon2id, byte[] salt, byte[] nonce) {
        Header {
            Stream.of(kind, name, keys, argon2id, salt, nonce).forEach(Objects::requireNonNull);
        }

        private PassphraseSeal.Parameters parameters() {
            return new PassphraseSeal.Parameters(argon2id, salt, nonce);
        }
    }

    IdentityEnvelope {
        Stream.of(header, check, ciphertext).forEach(Objects::requireNonNull);
    }

    static IdentityEnvelope seal(
            IdentityKind kind,
            String name,
            Keys keys,
            byte[] plaintext,
            Passphrase passphrase,
            KdfParameters kdf,
            SecureRandom random) {
        PassphraseSeal.Parameters fresh = PassphraseSeal.Parameters.fresh(kdf, random);
        Header header = new Header(kind.version(), kind.text(), name, keys, kdf, fresh.salt(), fresh.nonce());
        PassphraseSeal.Sealed sealed = SEAL.seal(passphrase, fresh, KeyFileJson.encode(header), plaintext);
        return new IdentityEnvelope(header, sealed.check(), sealed.ciphertext());
    }

    /** The secrets; the caller wipes them. */
    byte[] open(Path file, Passphrase passphrase) {
        return SEAL.open(
                file,
                passphrase,
                header.parameters(),
                KeyFileJson.encode(header),
                new PassphraseSeal.Sealed(check, ciphertext));
    }

    byte[] encode() {
        return KeyFileJson.encode(this);
    }

    /** Checks form and bounds only: what is in the clear can be anybody's until the file is opened. */
    static IdentityEnvelope decode(Path file, byte[] content) {
        IdentityEnvelope envelope = KeyFileJson.decode(file, content, IdentityEnvelope.class);
        Header header = envelope.header;
        requireVersion(file, header);
        if (!header.parameters().isWhole()
                || envelope.check.length != PassphraseSeal.CHECK_BYTES
                || envelope.ciphertext.length <= PassphraseSeal.TAG_BYTES) {
            throw new IdentityException(Problem.MALFORMED, file, "salt, nonce, check or content have a wrong length");
        }
        return envelope;
    }

    private static void requireVersion(Path file, Header header) {
        for (IdentityKind kind : IdentityKind.values()) {
            if (kind.text().equals(header.kind) && kind.version() != header.version) {
                throw new IdentityException(
                        Problem.MALFORMED,
                        file,
                        "has version " + header.version + ", this program reads " + kind.version() + " of a "
                                + kind.text() + "; make a new one with keys create " + kind.text()
                                + " and enrol its keys in the job");
            }
        }
    }
}
