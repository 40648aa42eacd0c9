package io.veilflow.pipeline.party;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.threshold.KeyShare;
import io.veilflow.mpc.threshold.TestKeys;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.board.RecordSigner;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.board.SampleWriters;
import io.veilflow.pipeline.config.ConfigurationException;
import io.veilflow.pipeline.identity.IdentityFile;
import io.veilflow.pipeline.identity.KdfParameters;
import io.veilflow.pipeline.identity.PublicIdentity;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.job.SampleJob;
import io.veilflow.pipeline.journal.JournalEntry;
import io.veilflow.pipeline.journal.JournalException;
import io.veilflow.pipeline.journal.JournalHead;
import io.veilflow.pipeline.journal.MemoryJournal;
import io.veilflow.pipeline.key.GroupShare;
import io.veilflow.pipeline.key.KeyPurpose;
import io.veilflow.pipeline.key.PublicGroupKey;
import io.veilflow.pipeline.post.ChainView;
import io.veilflow.pipeline.post.RegisteredTerms;
import io.veilflow.pipeline.sign.SampleGroup;
import io.veilflow.pipeline.submission.SampleMarket;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.UnitKind;
import io.veilflow.pipeline.wire.WindowsSkipped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartChecksTest {
    private static final ByteString VERIFIER = ByteString.copyFrom(new byte[20]);

    @TempDir
    private Path folder;

    private final StartChecks checks = new StartChecks();

    @Test
    void nothingWrongIsNothingSaid() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        checks.requirePrivate("stateDirectory", folder);
        JobTerms terms = new JobTerms(SampleJob.definition());
        checks.requireRegistered(new OneJob(RegisteredTerms.of(terms, VERIFIER)), terms, Optional.empty());
        assertDoesNotThrow(() -> checks.finish("party-0"));
    }

    @Test
    void aFolderOpenToOthersIsRefusedWithWhatToDo() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));
        checks.requirePrivate("stateDirectory", folder);
        assertSaid("has mode rwxr-x---: only its owner may enter it; do: chmod go-rwx");
    }

    @Test
    void aRegistryWithAnotherKeyOrRuleIsRefused() {
        JobTerms terms = new JobTerms(SampleJob.definition());
        RegisteredTerms good = RegisteredTerms.of(terms, VERIFIER);
        ByteString other = ByteString.copyFrom(new byte[32]);
        checks.requireRegistered(
                new OneJob(new RegisteredTerms(
                        VERIFIER,
                        other,
                        other,
                        good.basisDigest(),
                        good.groupKey(),
                        good.outputs(),
                        good.wordBits(),
                        good.parameterWords(),
                        good.policy())),
                terms,
                Optional.empty());
        ConfigurationException refused = assertThrows(ConfigurationException.class, () -> checks.finish("party-0"));
        assertEquals(2, refused.errors().size(), refused.getMessage());
        assertTrue(refused.getMessage().contains("another key digest"), refused.getMessage());
        assertTrue(refused.getMessage().contains("another rule hash"), refused.getMessage());
    }

    @Test
    @DisplayName(
            "G8: a rotated group key is taken if it is exactly the one that operators approved of and this party can sign with")
    void aRotatedKeyNeedsItsShare() {
        JobTerms terms = new JobTerms(SampleJob.definition());
        RegisteredTerms rotated = RegisteredTerms.of(terms, VERIFIER).withGroupKey(SampleGroup.nextResultKey());
        checks.requireRegistered(new OneJob(rotated), terms, Optional.of(SampleGroup.nextResultKey()));
        assertDoesNotThrow(() -> checks.finish("party-0"));
        StartChecks refusing = new StartChecks();
        refusing.requireRegistered(
                new OneJob(rotated),
                terms,
                Optional.of(SampleJob.definition().group().resultKey()));
        refusing.requireRegistered(new OneJob(rotated), terms, Optional.empty());
        ConfigurationException refused = assertThrows(ConfigurationException.class, () -> refusing.finish("party-0"));
        assertEquals(2, refused.errors().size(), refused.getMessage());
        assertTrue(refused.getMessage().contains("the registry holds another group key"), refused.getMessage());
    }

    @Test
    void anIdentityThatTheJobDoesNotEnrolIsRefused() {
        SecureRandom random = new SecureRandom();
        Path passphrase = folder.resolve("pass");
        IdentityFile.createPassphrase(passphrase, random);
        PublicIdentity stranger = IdentityFile.createParty(
                folder.resolve("keys"),
                PartyId.P0,
                passphrase,
                new KdfParameters(16 << 10, 1, 1),
                Instant.now(),
                random);
        checks.requireEnrolled(stranger, SampleJob.definition().party(PartyId.P0));
        ConfigurationException refused = assertThrows(ConfigurationException.class, () -> checks.finish("party-0"));
        assertEquals(2, refused.errors().size(), refused.getMessage());
    }

    @Test
    @DisplayName("H1: a store of another key than the job's is refused")
    void aStoreOfAnotherKeyIsRefused() {
        PublicGroupKey stored;
        try (KeyShare share = TestKeys.shares(99).get(0);
                GroupShare own = GroupShare.of(KeyPurpose.RESULT, share)) {
            stored = own.key();
        }
        checks.requireGroupKey(stored, ByteString.copyFrom(stored.point()));
        assertDoesNotThrow(() -> checks.finish("party-0"));
        checks.requireGroupKey(stored, SampleJob.definition().group().resultKey());
        assertSaid("the store of the result key holds a share of another key than the job's");
    }

    @Test
    @DisplayName("D3, D9: a journal that is older than what the party has posted is refused, and the record named")
    void aJournalBehindTheOwnLogIsRefused() {
        try (FileBoard board = FileBoard.create(folder.resolve("board"))) {
            SampleMarket market = new SampleMarket();
            RecordVerifier records = RecordVerifier.of(market.terms().definition());
            MemoryJournal journal = new MemoryJournal();
            JournalCheck.requireAsNew(records, journal, board, "party-1");
            WindowsSkipped skipped =
                    WindowsSkipped.newBuilder().setLastWindow(3).setReason(2).build();
            RecordSigner signer =
                    new RecordSigner(market.terms().configurationHash(), "party-1", SampleWriters.key("party-1"));
            try (BoardWriter log = board.writer(signer)) {
                log.append(Payload.newBuilder().setWindowsSkipped(skipped).build());
            }
            JournalException refused = assertThrows(
                    JournalException.class, () -> JournalCheck.requireAsNew(records, journal, board, "party-1"));
            assertTrue(refused.getMessage().contains("SKIP of WINDOW 0, record 0"), refused.getMessage());
            journal.append(new JournalEntry(JournalEntry.Type.SKIP, UnitKind.WINDOW, 0, 2, skipped.toByteString()));
            JournalCheck.requireAsNew(records, journal, board, "party-1");
        }
    }

    @Test
    @DisplayName("D3, D17: a journal ahead of Flink's checkpoint goes on, one behind it or another one is refused")
    void aCheckpointAndTheJournal() {
        MemoryJournal journal = new MemoryJournal();
        journal.append(JournalEntry.epoch(1));
        JournalHead older = JournalHead.read(journal.head().bytes());
        journal.append(JournalEntry.epoch(2));
        JournalHead newer = journal.head();
        JournalCheck.requireReached(journal, older);
        JournalCheck.requireReached(journal, newer);

        MemoryJournal behind = new MemoryJournal();
        behind.append(JournalEntry.epoch(1));
        JournalException refused =
                assertThrows(JournalException.class, () -> JournalCheck.requireReached(behind, newer));
        assertTrue(refused.getMessage().contains("had 2 entries, and it has 1"), refused.getMessage());

        MemoryJournal other = new MemoryJournal();
        other.append(JournalEntry.epoch(1));
        other.append(JournalEntry.epoch(3));
        JournalException another =
                assertThrows(JournalException.class, () -> JournalCheck.requireReached(other, newer));
        assertTrue(another.getMessage().contains("another journal"), another.getMessage());
    }

    @Test
    void aPosterKeyOfAnotherFormIsRefusedWithoutShowingIt() throws IOException {
        Path file = folder.resolve("poster");
        Files.writeString(file, "0xplanted");
        Optional<?> account = checks.attempt("posterKeyFile", () -> PosterKeyFile.read(file));
        assertTrue(account.isEmpty());
        ConfigurationException refused = assertThrows(ConfigurationException.class, () -> checks.finish("party-0"));
        assertTrue(refused.getMessage().contains("the poster's key"), refused.getMessage());
        assertTrue(!refused.getMessage().contains("planted"), refused.getMessage());
    }

    private void assertSaid(String what) {
        ConfigurationException refused = assertThrows(ConfigurationException.class, () -> checks.finish("party-0"));
        assertEquals(1, refused.errors().size());
        assertTrue(refused.getMessage().contains(what), refused.getMessage());
    }

    /** A registry that holds one job. */
    private record OneJob(RegisteredTerms registered) implements ChainView {
        @Override
        public long chainId() {
            return 31_337;
        }

        @Override
        public ByteString registry() {
            return VERIFIER;
        }

        @Override
        public RegisteredTerms termsOf(ByteString jobId, long window) {
            return registered;
        }

        @Override
        public long nextWindow(ByteString jobId) {
            return 0;
        }
    }
}
