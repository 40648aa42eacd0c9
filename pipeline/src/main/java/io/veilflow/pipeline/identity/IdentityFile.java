package io.veilflow.pipeline.identity;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.identity.IdentityException.Problem;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes and opens key files. Key and passphrase files have mode 0600, else they are refused. A file that was renamed, or
 * in which kind, name or keys were changed, does not open as what it is not.
 */
public final class IdentityFile {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");
    private static final String PARTY_NAME = "party-";

    private IdentityFile() {}

    /** Writes a new random passphrase of 128 bits to a new file with mode 0600. */
    public static void createPassphrase(Path passphraseFile, SecureRandom random) {
        Passphrase.createRandom(passphraseFile, random);
    }

    /** New keys of a party, its certificate valid for two years from {@code now}. */
    public static PublicIdentity createParty(
            Path file, PartyId party, Path passphraseFile, KdfParameters kdf, Instant now, SecureRandom random) {
        String name = PARTY_NAME + party.index();
        PartySecrets.Generated generated = PartySecrets.generate(random);
        try (PartySecrets secrets = generated.secrets()) {
            IdentityEnvelope.Keys keys = new IdentityEnvelope.Keys(
                    secrets.signingKey().verificationKey().bytes(),
                    TlsCertificate.selfSigned(name, generated.tls(), now, random),
                    secrets.encryptionPublicKey());
            return create(file, IdentityKind.PARTY, name, keys, secrets.encode(), passphraseFile, kdf, random);
        }
    }

    /** A new key of a contributor or feeder. */
    public static PublicIdentity createSigner(
            Path file, IdentityKind kind, String name, Path passphraseFile, KdfParameters kdf, SecureRandom random) {
        if (kind == IdentityKind.PARTY) {
            throw new IllegalArgumentException("a party has more than a signing key");
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a name has 1 to 32 characters of a-z, 0-9 and -");
        }
        try (SigningKey key = SigningKey.generate(random)) {
            IdentityEnvelope.Keys keys =
                    new IdentityEnvelope.Keys(key.verificationKey().bytes(), null, null);
            return create(file, kind, name, keys, key.exposeSeed(), passphraseFile, kdf, random);
        }
    }

    /** @throws IdentityException by its {@link Problem}; WRONG_NAME if it is another party's */
    public static PartyIdentity openParty(Path file, PartyId party, Path passphraseFile) {
        try (Passphrase passphrase = Passphrase.read(passphraseFile)) {
            return openParty(file, party, passphrase);
        }
    }

    /**
     * @param passphrase not closed by this
     * @throws IdentityException by its {@link Problem}; WRONG_NAME if it is another party's
     */
    public static PartyIdentity openParty(Path file, PartyId party, Passphrase passphrase) {
        IdentityEnvelope envelope = read(file, IdentityKind.PARTY);
        String name = PARTY_NAME + party.index();
        requireName(file, envelope, name);
        byte[] plaintext = envelope.open(file, passphrase);
        try {
            return new PartyIdentity(
                    party,
                    publicIdentity(file, envelope),
                    TlsCertificate.decode(envelope.header().keys().certificate()),
                    PartySecrets.decode(plaintext));
        } catch (GeneralSecurityException e) {
            throw new IdentityException(Problem.MALFORMED, file, "holds a key or certificate that cannot be read");
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    /** @throws IdentityException by its {@link Problem}; WRONG_NAME if it is somebody else's */
    public static SignerIdentity openSigner(Path file, IdentityKind kind, String name, Path passphraseFile) {
        IdentityEnvelope envelope = read(file, kind);
        requireName(file, envelope, name);
        byte[] plaintext = open(file, envelope, passphraseFile);
        try {
            return new SignerIdentity(publicIdentity(file, envelope), new SigningKey(plaintext));
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    /** The public part, without passphrase: only as trustworthy as the place where the file lies. */
    public static PublicIdentity readPublic(Path file) {
        return publicIdentity(file, IdentityEnvelope.decode(file, PrivateFiles.read(file, IdentityEnvelope.LARGEST)));
    }

    /** The cost of guessing its passphrase; only as trustworthy as the place where the file lies. */
    public static KdfParameters readKdf(Path file) {
        return IdentityEnvelope.decode(file, PrivateFiles.read(file, IdentityEnvelope.LARGEST))
                .header()
                .argon2id();
    }

    private static PublicIdentity create(
            Path file,
            IdentityKind kind,
            String name,
            IdentityEnvelope.Keys keys,
            byte[] plaintext,
            Path passphraseFile,
            KdfParameters kdf,
            SecureRandom random) {
        try (Passphrase passphrase = Passphrase.read(passphraseFile)) {
            IdentityEnvelope envelope = IdentityEnvelope.seal(kind, name, keys, plaintext, passphrase, kdf, random);
            PrivateFiles.create(file, envelope.encode());
            return publicIdentity(file, envelope);
        } finally {
            Arrays.fill(plaintext, (byte) 0);
        }
    }

    private static IdentityEnvelope read(Path file, IdentityKind kind) {
        IdentityEnvelope envelope = IdentityEnvelope.decode(file, PrivateFiles.read(file, IdentityEnvelope.LARGEST));
        IdentityKind found = kind(file, envelope);
        if (found != kind) {
            throw new IdentityException(
                    Problem.WRONG_KIND, file, "is the key file of a " + found.text() + ", not of a " + kind.text());
        }
        return envelope;
    }

    private static void requireName(Path file, IdentityEnvelope envelope, String name) {
        if (!envelope.header().name().equals(name)) {
            throw new IdentityException(
                    Problem.WRONG_NAME, file, "belongs to " + printable(file, envelope) + ", not to " + name);
        }
    }

    private static byte[] open(Path file, IdentityEnvelope envelope, Path passphraseFile) {
        try (Passphrase passphrase = Passphrase.read(passphraseFile)) {
            return envelope.open(file, passphrase);
        }
    }

    private static IdentityKind kind(Path file, IdentityEnvelope envelope) {
        for (IdentityKind kind : IdentityKind.values()) {
            if (kind.text().equals(envelope.header().kind())) {
                return kind;
            }
        }
        throw new IdentityException(Problem.MALFORMED, file, "has a kind that this program does not know");
    }

    private static String printable(Path file, IdentityEnvelope envelope) {
        String name = envelope.header().name();
        if (!NAME.matcher(name).matches()) {
            throw new IdentityException(Problem.MALFORMED, file, "has a name other than 1 to 32 of a-z, 0-9 and -");
        }
        return name;
    }

    private static PublicIdentity publicIdentity(Path file, IdentityEnvelope envelope) {
        IdentityEnvelope.Keys keys = envelope.header().keys();
        IdentityKind kind = kind(file, envelope);
        boolean party = kind == IdentityKind.PARTY;
        if ((keys.certificate() != null) != party || (keys.encryptionKey() != null) != party) {
            throw new IdentityException(Problem.MALFORMED, file, "has not the keys of a " + kind.text());
        }
        Optional<PublicIdentity.PartyKeys> partyKeys = party
                ? Optional.of(new PublicIdentity.PartyKeys(
                        keys.certificate(), TlsCertificate.pin(keys.certificate()), keys.encryptionKey()))
                : Optional.empty();
        try {
            return new PublicIdentity(
                    kind, printable(file, envelope), new VerificationKey(keys.identityKey()), partyKeys);
        } catch (IllegalArgumentException e) {
            throw new IdentityException(Problem.MALFORMED, file, "its identity key is not an Ed25519 public key");
        }
    }
}
