package io.veilflow.pipeline.key;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.TestKeys;
import io.veilflow.mpc.threshold.ecdsa.AccountKeyShare;
import io.veilflow.pipeline.identity.IdentityException;
import io.veilflow.pipeline.identity.IdentityException.Problem;
import io.veilflow.pipeline.identity.IdentityFile;
import io.veilflow.pipeline.identity.KdfParameters;
import io.veilflow.pipeline.identity.Passphrase;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupKeyStoreTest {
    private static final KdfParameters CHEAP = SampleStores.CHEAP;
    private static final List<byte[]> CERTIFICATE = SampleStores.CERTIFICATE;

    private final SecureRandom random = TestKeys.seeded(8);

    @TempDir
    private Path folder;

    private Path file;
    private Passphrase passphrase;

    @BeforeEach
    void readPassphrase() {
        file = folder.resolve("result.group");
        passphrase = passphrase("passphrase");
    }

    @AfterEach
    void wipe() {
        passphrase.close();
    }

    @Test
    void aShareIsPendingUntilItIsConfirmedAndThenTakesThePlaceOfTheOld() {
        try (GroupKeyStore store = open()) {
            assertTrue(store.current().isEmpty());
            store.stash(DealtShares.ofResults(1, PartyId.P1), CHEAP, random);
            assertTrue(store.current().isEmpty());
            store.commit(CERTIFICATE);
        }
        try (GroupKeyStore store = open()) {
            assertEquals(generation(1), store.current().map(GroupShare::key));
            assertEquals(3, store.certificate().size());
            store.stash(DealtShares.ofResults(2, PartyId.P1), CHEAP, random);
        }
        try (GroupKeyStore store = open()) {
            assertEquals(generation(1), store.current().map(GroupShare::key), "the old one stays in use");
            assertEquals(generation(2), store.next().map(GroupShare::key));
            store.commit(CERTIFICATE);
        }
        try (GroupShare share = share()) {
            assertEquals(generation(2).orElseThrow(), share.key());
            assertArrayEquals(
                    DealtShares.ofResults(2, PartyId.P1).exposeSecret(),
                    share.keyShare().exposeScalar());
        }
        assertFalse(Files.exists(folder.resolve("result.group.next")));
    }

    @Test
    void aPendingShareThatIsGivenUpStaysUntilItIsDropped() {
        committed(1);
        try (GroupKeyStore store = open()) {
            store.stash(DealtShares.ofResults(2, PartyId.P1), CHEAP, random);
            assertFalse(store.isNextGivenUp());
            store.giveUp();
        }
        try (GroupKeyStore store = open()) {
            assertTrue(store.isNextGivenUp());
            assertEquals(generation(2), store.next().map(GroupShare::key));
            store.drop();
        }
        try (GroupKeyStore store = open()) {
            assertTrue(store.next().isEmpty());
            assertEquals(generation(1), store.current().map(GroupShare::key));
        }
    }

    @Test
    @DisplayName("G13: a share that failed stays suspended over restarts and shows it, until a refresh")
    void suspended() {
        commit(DealtShares.ofAccount(1, PartyId.P1));
        assertFalse(GroupKeyStore.readPublic(file).suspended());
        PublicGroupKey failed = GroupKeyStore.readPublic(file).key();
        GroupKeyStore.suspend(file, failed);
        assertTrue(GroupKeyStore.readPublic(file).suspended());
        try (GroupShare share = GroupKeyStore.openShare(file, KeyPurpose.ACCOUNT, PartyId.P1, passphrase);
                AccountKeyShare opened = share.accountShare()) {
            assertTrue(opened.isSuspended());
        }
        commit(DealtShares.ofAccount(2, PartyId.P1));
        GroupKeyStore.suspend(file, failed);
        assertFalse(GroupKeyStore.readPublic(file).suspended(), "another generation has not failed");
        try (GroupShare share = GroupKeyStore.openShare(file, KeyPurpose.ACCOUNT, PartyId.P1, passphrase);
                AccountKeyShare opened = share.accountShare()) {
            assertFalse(opened.isSuspended());
        }
    }

    private void commit(GroupShare share) {
        try (GroupKeyStore store = GroupKeyStore.open(file, share.key().purpose(), PartyId.P1, passphrase)) {
            store.stash(share, CHEAP, random);
            store.commit(CERTIFICATE);
        }
    }

    @Test
    @DisplayName("G9: a crash between the two steps of a commitment leaves the new generation in use")
    void crashInACommitment() throws IOException {
        committed(1);
        Path next = folder.resolve("result.group.next");
        byte[] pending;
        try (GroupKeyStore store = open()) {
            store.stash(DealtShares.ofResults(2, PartyId.P1), CHEAP, random);
            pending = Files.readAllBytes(next);
            store.commit(CERTIFICATE);
        }
        Files.write(next, pending);
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-------"));
        assertEquals(generation(2).orElseThrow(), share().key());
        try (GroupKeyStore store = open()) {
            assertEquals(generation(2), store.current().map(GroupShare::key));
            assertTrue(store.next().isEmpty());
        }
        assertFalse(Files.exists(next));
    }

    @Test
    @DisplayName("H1: a store of another party, purpose or key is not opened")
    void swappedStores() {
        committed(1);
        assertProblem(
                Problem.WRONG_NAME, () -> GroupKeyStore.openShare(file, KeyPurpose.RESULT, PartyId.P0, passphrase));
        assertProblem(
                Problem.WRONG_PURPOSE, () -> GroupKeyStore.openShare(file, KeyPurpose.SIGN, PartyId.P1, passphrase));
        assertProblem(
                Problem.WRONG_PURPOSE, () -> GroupKeyStore.open(file, KeyPurpose.ACCOUNT, PartyId.P1, passphrase));
        Path identity = folder.resolve("identity");
        IdentityFile.createParty(identity, PartyId.P1, folder.resolve("passphrase"), CHEAP, Instant.now(), random);
        assertProblem(
                Problem.MALFORMED, () -> GroupKeyStore.openShare(identity, KeyPurpose.RESULT, PartyId.P1, passphrase));
    }

    @ParameterizedTest
    @DisplayName("H1: a store in which the header was changed does not open")
    @ValueSource(strings = {"\"purpose\":\"result\"|\"purpose\":\"sign\"", "\"generation\":1|\"generation\":2"})
    void changedHeader(String change) throws IOException {
        committed(1);
        String[] parts = change.split("\\|");
        String content = Files.readString(file);
        assertTrue(content.contains(parts[0]));
        Files.writeString(file, content.replace(parts[0], parts[1]));
        KeyPurpose purpose = parts[1].contains("sign") ? KeyPurpose.SIGN : KeyPurpose.RESULT;
        assertProblem(Problem.CHANGED, () -> GroupKeyStore.openShare(file, purpose, PartyId.P1, passphrase));
    }

    @Test
    @DisplayName("H1: the secret of another generation under this header does not open")
    void movedSecret() throws IOException {
        committed(1);
        GroupKeyFile first = GroupKeyFile.decode(file, Files.readAllBytes(file));
        GroupKeyFile second = GroupKeyFile.seal(DealtShares.ofResults(2, PartyId.P1), passphrase, CHEAP, random);
        Files.write(
                file, new GroupKeyFile(first.header(), first.check(), second.ciphertext(), null, null, null).encode());
        assertProblem(Problem.CHANGED, this::share);
        Files.write(
                file, new GroupKeyFile(first.header(), second.check(), second.ciphertext(), null, null, null).encode());
        assertProblem(Problem.WRONG_PASSPHRASE, this::share);
    }

    @Test
    @DisplayName("H1: a cut store is refused whatever is left of it")
    void cut() throws IOException {
        committed(1);
        byte[] content = Files.readAllBytes(file);
        for (int length : new int[] {0, 1, content.length / 2, content.length - 1}) {
            Files.write(file, Arrays.copyOf(content, length));
            assertProblem(Problem.MALFORMED, this::share);
        }
    }

    @Test
    @DisplayName("H1: a wrong passphrase is said to be wrong, and leaves the store free")
    void wrongPassphrase() {
        committed(1);
        try (Passphrase other = passphrase("other")) {
            assertProblem(
                    Problem.WRONG_PASSPHRASE, () -> GroupKeyStore.open(file, KeyPurpose.RESULT, PartyId.P1, other));
        }
        open().close();
    }

    @Test
    @DisplayName("H1: a store that was put back from an old copy is refused beside what followed it")
    void oldCopy() throws IOException {
        committed(1);
        byte[] old = Files.readAllBytes(file);
        try (GroupKeyStore store = open()) {
            store.stash(DealtShares.ofResults(2, PartyId.P1), CHEAP, random);
            store.commit(CERTIFICATE);
            store.stash(DealtShares.ofResults(3, PartyId.P1), CHEAP, random);
        }
        Files.write(file, old);
        assertProblem(Problem.STALE, this::open);
        assertProblem(Problem.STALE, this::share);
        Files.delete(file);
        assertProblem(Problem.STALE, this::open);
    }

    @ParameterizedTest
    @DisplayName("H6: a store that is not its owner's alone is refused")
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
    void openToOthers(String mode) throws IOException {
        committed(1);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        assertProblem(Problem.PERMISSIONS, this::share);
        assertProblem(Problem.PERMISSIONS, this::open);
    }

    @Test
    @DisplayName("H3: the passphrase is stretched, and the share is not in the file in any form")
    void encrypted() throws IOException {
        committed(1);
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertTrue(content.contains("\"argon2id\":{\"memoryKib\":16384"), "the cost stands in the file");
        byte[] secret = DealtShares.ofResults(1, PartyId.P1).exposeSecret();
        assertFalse(content.contains(HexFormat.of().formatHex(secret)));
        assertFalse(content.contains(Base64.getEncoder().encodeToString(secret)));
        assertFalse(content.contains(new String(secret, StandardCharsets.ISO_8859_1)));
    }

    @Test
    @DisplayName("H2: no two files share a salt or a nonce")
    void freshSalts() throws IOException {
        committed(1);
        GroupKeyFile.Header one =
                GroupKeyFile.decode(file, Files.readAllBytes(file)).header();
        GroupKeyFile.Header two = GroupKeyFile.seal(DealtShares.ofResults(1, PartyId.P1), passphrase, CHEAP, random)
                .header();
        assertFalse(Arrays.equals(one.salt(), two.salt()));
        assertFalse(Arrays.equals(one.nonce(), two.nonce()));
    }

    @Test
    @DisplayName("H9: secret types print nothing of the secret and cannot be serialised")
    void nothingIsShown() {
        committed(1);
        try (GroupKeyStore store = open();
                GroupShare share = DealtShares.ofResults(1, PartyId.P1)) {
            String secret = HexFormat.of().formatHex(share.exposeSecret());
            assertTrue(share.toString().startsWith("GroupShare[P1, result key "));
            assertFalse(share.toString().contains(secret));
            assertEquals("GroupKeyStore[" + file + "]", store.toString());
            assertFalse(Serializable.class.isAssignableFrom(GroupShare.class));
            assertFalse(Serializable.class.isAssignableFrom(GroupKeyStore.class));
        }
    }

    @Test
    void oneProcessHoldsAStoreAtATime() {
        try (GroupKeyStore store = open()) {
            assertTrue(store.current().isEmpty());
            assertProblem(Problem.UNREADABLE, this::open);
        }
        open().close();
    }

    @Test
    void whatIsPublicCanBeReadWithoutPassphrase() {
        committed(1);
        try (GroupKeyStore store = open()) {
            store.stash(DealtShares.ofResults(2, PartyId.P1), CHEAP, random);
        }
        GroupKeyStore.StoredKey shown = GroupKeyStore.readPublic(file);
        assertEquals(PartyId.P1, shown.holder());
        assertEquals(generation(1).orElseThrow(), shown.key());
        assertEquals(Optional.of(2), shown.pendingGeneration());
    }

    private void committed(int generation) {
        try (GroupKeyStore store = open()) {
            store.stash(DealtShares.ofResults(generation, PartyId.P1), CHEAP, random);
            store.commit(CERTIFICATE);
        }
    }

    private GroupKeyStore open() {
        return GroupKeyStore.open(file, KeyPurpose.RESULT, PartyId.P1, passphrase);
    }

    private GroupShare share() {
        return GroupKeyStore.openShare(file, KeyPurpose.RESULT, PartyId.P1, passphrase);
    }

    private Passphrase passphrase(String name) {
        return SampleStores.passphrase(folder.resolve(name), random);
    }

    private static Optional<PublicGroupKey> generation(int generation) {
        return Optional.of(DealtShares.ofResults(generation, PartyId.P1).key());
    }

    private static void assertProblem(Problem problem, Executable action) {
        assertEquals(problem, assertThrows(IdentityException.class, action).problem());
    }
}
