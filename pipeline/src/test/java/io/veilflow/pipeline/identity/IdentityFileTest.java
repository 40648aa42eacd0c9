package io.veilflow.pipeline.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.identity.IdentityException.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityFileTest {
    private static final KdfParameters CHEAP = new KdfParameters(16 << 10, 1, 1);
    private static final Instant NOW = Instant.now();
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);

    private final SecureRandom random = new SecureRandom();

    @TempDir
    Path folder;

    private Path passphrase;

    @BeforeEach
    void writePassphrase() {
        passphrase = folder.resolve("passphrase");
        IdentityFile.createPassphrase(passphrase, random);
    }

    @Test
    void aPartyFileGivesBackTheKeysOfItsPublicPart() throws Exception {
        Path file = folder.resolve("party");
        PublicIdentity made = IdentityFile.createParty(file, PartyId.P1, passphrase, CHEAP, NOW, random);
        PublicIdentity.PartyKeys keys = made.party().orElseThrow();
        try (PartyIdentity party = IdentityFile.openParty(file, PartyId.P1, passphrase)) {
            assertEquals("party-1", party.name());
            assertEquals(PartyId.P1, party.party());
            assertEquals(made.identityKey(), party.publicIdentity().identityKey());
            assertTrue(made.identityKey().verify(MESSAGE, party.signingKey().sign(MESSAGE)));

            byte[] encryptionKey = new byte[32];
            X25519.generatePublicKey(party.exposeEncryptionKey(), 0, encryptionKey, 0);
            assertArrayEquals(encryptionKey, keys.encryptionKey());

            assertArrayEquals(party.certificate().getEncoded(), keys.certificate());
            assertArrayEquals(MessageDigest.getInstance("SHA-256").digest(keys.certificate()), keys.certificatePin());
            Signature signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(party.tlsKey());
            signer.update(MESSAGE);
            byte[] signature = signer.sign();
            signer.initVerify(party.certificate());
            signer.update(MESSAGE);
            assertTrue(signer.verify(signature));
            party.certificate().checkValidity();
        }
        PublicIdentity read = IdentityFile.readPublic(file);
        assertEquals(made.identityKey(), read.identityKey());
        assertArrayEquals(keys.certificate(), read.party().orElseThrow().certificate());
    }

    @Test
    void aSignerFileGivesBackItsKey() {
        Path file = folder.resolve("north-bank");
        PublicIdentity made =
                IdentityFile.createSigner(file, IdentityKind.CONTRIBUTOR, "north-bank", passphrase, CHEAP, random);
        try (SignerIdentity signer =
                IdentityFile.openSigner(file, IdentityKind.CONTRIBUTOR, "north-bank", passphrase)) {
            assertTrue(made.identityKey().verify(MESSAGE, signer.signingKey().sign(MESSAGE)));
            assertEquals(made.identityKey(), signer.signingKey().verificationKey());
            assertTrue(made.party().isEmpty());
        }
    }

    @Test
    void aClosedIdentitySignsNothing() {
        Path file = signerFile();
        SignerIdentity signer = IdentityFile.openSigner(file, IdentityKind.FEEDER, "feeder", passphrase);
        signer.close();
        assertThrows(IllegalStateException.class, () -> signer.signingKey().sign(MESSAGE));
    }

    @Test
    void h1TheSecretsAreNotInTheFileInTheClear() throws Exception {
        Path file = folder.resolve("party");
        IdentityFile.createParty(file, PartyId.P0, passphrase, CHEAP, NOW, random);
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        try (PartyIdentity party = IdentityFile.openParty(file, PartyId.P0, passphrase)) {
            for (byte[] secret : new byte[][] {
                party.exposeEncryptionKey(),
                party.signingKey().exposeSeed(),
                party.tlsKey().getEncoded()
            }) {
                assertFalse(content.contains(new String(secret, StandardCharsets.ISO_8859_1)));
                assertFalse(content.contains(HexFormat.of().formatHex(secret)));
                assertFalse(content.contains(java.util.Base64.getEncoder().encodeToString(secret)));
            }
        }
    }

    @Test
    void h2TwoFilesOfTheSamePassphraseShareNoSaltAndNoNonce() throws IOException {
        Path first = folder.resolve("one");
        Path second = folder.resolve("two");
        IdentityFile.createSigner(first, IdentityKind.FEEDER, "feeder", passphrase, CHEAP, random);
        IdentityFile.createSigner(second, IdentityKind.FEEDER, "feeder", passphrase, CHEAP, random);
        IdentityEnvelope.Header one =
                IdentityEnvelope.decode(first, Files.readAllBytes(first)).header();
        IdentityEnvelope.Header two =
                IdentityEnvelope.decode(second, Files.readAllBytes(second)).header();
        assertFalse(Arrays.equals(one.salt(), two.salt()));
        assertFalse(Arrays.equals(one.nonce(), two.nonce()));
    }

    @Test
    void aWrongPassphraseIsSaidToBeWrong() {
        Path other = folder.resolve("other");
        IdentityFile.createPassphrase(other, random);
        Path file = signerFile();
        assertProblem(
                Problem.WRONG_PASSPHRASE, () -> IdentityFile.openSigner(file, IdentityKind.FEEDER, "feeder", other));
    }

    @Test
    void aLineEndAfterThePassphraseDoesNotCount() throws IOException {
        Path file = signerFile();
        Files.writeString(passphrase, Files.readString(passphrase) + "\n");
        IdentityFile.openSigner(file, IdentityKind.FEEDER, "feeder", passphrase).close();
    }

    @Test
    void aCutFileIsMalformed() throws IOException {
        Path file = signerFile();
        byte[] content = Files.readAllBytes(file);
        for (int length : new int[] {0, 1, content.length / 2, content.length - 1}) {
            Files.write(file, Arrays.copyOf(content, length));
            assertProblem(
                    Problem.MALFORMED, () -> IdentityFile.openSigner(file, IdentityKind.FEEDER, "feeder", passphrase));
        }
    }

    @Test
    void h1AFileOfAnotherKindOrNameIsNotOpened() {
        Path file = signerFile();
        assertProblem(
                Problem.WRONG_KIND,
                () -> IdentityFile.openSigner(file, IdentityKind.CONTRIBUTOR, "feeder", passphrase));
        assertProblem(Problem.WRONG_KIND, () -> IdentityFile.openParty(file, PartyId.P0, passphrase));
        assertProblem(
                Problem.WRONG_NAME, () -> IdentityFile.openSigner(file, IdentityKind.FEEDER, "other", passphrase));

        Path party = folder.resolve("party");
        IdentityFile.createParty(party, PartyId.P2, passphrase, CHEAP, NOW, random);
        assertProblem(Problem.WRONG_NAME, () -> IdentityFile.openParty(party, PartyId.P1, passphrase));
    }

    @Test
    void h1AFileInWhichKindOrNameWasChangedDoesNotOpen() throws IOException {
        Path file = signerFile();
        String content = Files.readString(file);
        Files.writeString(file, content.replace("\"kind\":\"feeder\"", "\"kind\":\"contributor\""));
        assertProblem(
                Problem.CHANGED, () -> IdentityFile.openSigner(file, IdentityKind.CONTRIBUTOR, "feeder", passphrase));
        Files.writeString(file, content.replace("\"name\":\"feeder\"", "\"name\":\"other\""));
        assertProblem(Problem.CHANGED, () -> IdentityFile.openSigner(file, IdentityKind.FEEDER, "other", passphrase));
    }

    @Test
    void h1ContentOfAnotherFileUnderTheSamePassphraseDoesNotOpen() throws IOException {
        Path file = signerFile();
        Path second = folder.resolve("second");
        IdentityFile.createSigner(second, IdentityKind.FEEDER, "feeder", passphrase, CHEAP, random);
        IdentityEnvelope ours = IdentityEnvelope.decode(file, Files.readAllBytes(file));
        IdentityEnvelope theirs = IdentityEnvelope.decode(second, Files.readAllBytes(second));
        Files.write(file, new IdentityEnvelope(ours.header(), ours.check(), theirs.ciphertext()).encode());
        assertProblem(Problem.CHANGED, () -> IdentityFile.openSigner(file, IdentityKind.FEEDER, "feeder", passphrase));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx------"})
    void h6AFileThatIsNotItsOwnersAloneIsRefused(String mode) throws IOException {
        Path file = signerFile();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        assertProblem(
                Problem.PERMISSIONS, () -> IdentityFile.openSigner(file, IdentityKind.FEEDER, "feeder", passphrase));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString(mode));
        assertProblem(
                Problem.PERMISSIONS, () -> IdentityFile.openSigner(file, IdentityKind.FEEDER, "feeder", passphrase));
    }

    @Test
    void h6NewFilesAreTheirOwnersAlone() throws IOException {
        Path file = signerFile();
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(passphrase)));
    }

    @Test
    void anExistingFileIsNeverReplaced() throws IOException {
        Path file = signerFile();
        byte[] before = Files.readAllBytes(file);
        assertProblem(
                Problem.UNREADABLE,
                () -> IdentityFile.createSigner(file, IdentityKind.FEEDER, "feeder", passphrase, CHEAP, random));
        assertArrayEquals(before, Files.readAllBytes(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"memoryKib\":16384", "\"passes\":1", "\"version\":1", "\"lanes\":1"})
    void parametersOutOfBoundsAreRefusedBeforeMemoryIsTaken(String item) throws IOException {
        Path file = signerFile();
        String name = item.substring(0, item.indexOf(':'));
        Files.writeString(file, Files.readString(file).replace(item, name + ":2147483647"));
        assertProblem(
                Problem.MALFORMED, () -> IdentityFile.openSigner(file, IdentityKind.FEEDER, "feeder", passphrase));
    }

    @Test
    void aPartyFileOfTheFirstVersionIsRefusedWithWhatToDo() throws IOException {
        Path file = folder.resolve("party");
        IdentityFile.createParty(file, PartyId.P0, passphrase, CHEAP, NOW, random);
        Files.writeString(file, Files.readString(file).replace("\"version\":2", "\"version\":1"));
        IdentityException refused =
                assertThrows(IdentityException.class, () -> IdentityFile.openParty(file, PartyId.P0, passphrase));
        assertEquals(Problem.MALFORMED, refused.problem());
        assertTrue(
                refused.getMessage().contains("make a new one with keys create party and enrol its keys in the job"),
                refused.getMessage());
    }

    @Test
    @DisplayName("H4: a passphrase is read from an open pipe, and only once")
    void aPassphraseFromAPipe() throws Exception {
        Path pipe = folder.resolve("pipe");
        Path file = signerFile();
        String secret = Files.readString(passphrase);
        assertEquals(
                0,
                new ProcessBuilder("mkfifo", "-m", "600", pipe.toString())
                        .start()
                        .waitFor());
        Thread writer = new Thread(() -> {
            try {
                Files.writeString(pipe, secret);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        writer.start();
        try (SignerIdentity opened = IdentityFile.openSigner(file, IdentityKind.FEEDER, "feeder", pipe)) {
            assertEquals("feeder", opened.name());
        }
        writer.join();
    }

    @Test
    void aShortPassphraseIsRefused() throws IOException {
        Files.writeString(passphrase, "elevenbytes");
        assertProblem(Problem.MALFORMED, this::signerFile);
    }

    @Test
    void h9SecretTypesPrintNothing() {
        Path file = folder.resolve("party");
        IdentityFile.createParty(file, PartyId.P0, passphrase, CHEAP, NOW, random);
        try (PartyIdentity party = IdentityFile.openParty(file, PartyId.P0, passphrase);
                Passphrase secret = Passphrase.read(passphrase)) {
            assertEquals("PartyIdentity[party-0]", party.toString());
            assertEquals("SigningKey", party.signingKey().toString());
            assertEquals("Passphrase", secret.toString());
        }
    }

    @Test
    void argon2idAnswersThePublicVector() {
        // RFC 9106's own vector needs a secret and associated data; this one is of the reference implementation's test
        // set.
        byte[] key = new byte[32];
        org.bouncycastle.crypto.generators.Argon2BytesGenerator argon2 =
                new org.bouncycastle.crypto.generators.Argon2BytesGenerator();
        argon2.init(new org.bouncycastle.crypto.params.Argon2Parameters.Builder(
                        org.bouncycastle.crypto.params.Argon2Parameters.ARGON2_id)
                .withVersion(0x13)
                .withMemoryAsKB(65_536)
                .withIterations(2)
                .withParallelism(1)
                .withSalt("somesalt".getBytes(StandardCharsets.UTF_8))
                .build());
        argon2.generateBytes("password".getBytes(StandardCharsets.UTF_8), key);
        assertEquals(
                new BigInteger("09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7", 16),
                new BigInteger(1, key));
    }

    private Path signerFile() {
        Path file = folder.resolve("feeder");
        IdentityFile.createSigner(file, IdentityKind.FEEDER, "feeder", passphrase, CHEAP, random);
        return file;
    }

    private static void assertProblem(Problem problem, org.junit.jupiter.api.function.Executable action) {
        assertEquals(problem, assertThrows(IdentityException.class, action).problem());
    }
}
