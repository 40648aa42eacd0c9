package io.veilflow.pipeline.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.wire.UnitKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest {
    private static final byte[] CONTEXT = {1, 2, 3};

    @TempDir
    private Path folder;

    private final List<JournalEntry> entries = List.of(
            JournalEntry.epoch(7),
            entry(JournalEntry.Type.ACCEPT_LIST, 0, 0),
            entry(JournalEntry.Type.MANIFEST, 0, 0),
            entry(JournalEntry.Type.ATTEMPT, 0, 2),
            entry(JournalEntry.Type.ATTEMPT, 0, 1),
            entry(JournalEntry.Type.RESULT, 0, 2),
            entry(JournalEntry.Type.SIGNATURE, 0, 2),
            entry(JournalEntry.Type.TRANSACTION, 0, 2));

    @Test
    void everyEntryIsReadBackAfterReopening() {
        writeAll();
        try (FileJournal journal = open(1)) {
            requireHolds(journal, entries);
        }
    }

    @Test
    @DisplayName("D4, D5: the largest epoch and attempts survive a restart")
    void largestEpochAndAttemptSurviveARestart() {
        writeAll();
        try (FileJournal journal = open(1)) {
            assertEquals(7, journal.largestEpoch());
            assertEquals(2, journal.largestAttempt(UnitKind.WINDOW, 0));
            assertEquals(0, journal.largestAttempt(UnitKind.BATCH, 0));
            journal.append(entry(JournalEntry.Type.ATTEMPT, 0, 3));
            assertEquals(3, journal.largestAttempt(UnitKind.WINDOW, 0));
        }
        try (FileJournal journal = open(1)) {
            assertEquals(3, journal.largestAttempt(UnitKind.WINDOW, 0));
        }
    }

    @Test
    @DisplayName("D6: every changed byte of the journal is refused")
    void everyChangedByteOfTheFileIsRefused() throws IOException {
        writeAll();
        byte[] good = Files.readAllBytes(file());
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 1;
            Files.write(file(), bad);
            assertThrows(JournalException.class, () -> open(1), "byte " + i);
        }
    }

    @Test
    void anEntryThatACrashCutOffIsDroppedAndTheJournalGoesOn() throws IOException {
        writeAll();
        byte[] good = Files.readAllBytes(file());
        for (int cut = lastEntry(good) + 1; cut < good.length; cut++) {
            Files.write(file(), Arrays.copyOf(good, cut));
            try (FileJournal journal = open(1)) {
                requireHolds(journal, entries.subList(0, entries.size() - 1));
            }
        }
        try (FileJournal journal = open(1)) {
            journal.append(entries.get(entries.size() - 1));
        }
        try (FileJournal journal = open(1)) {
            requireHolds(journal, entries);
        }
    }

    @Test
    void aRemovedEntryIsRefused() throws IOException {
        writeAll();
        byte[] good = Files.readAllBytes(file());
        int second = 12 + length(good, 0);
        Files.write(file(), Arrays.copyOfRange(good, second, good.length));
        assertThrows(JournalException.class, () -> open(1));
    }

    @Test
    @DisplayName("D6, D13: a journal of another party or job is refused")
    void aJournalOfAnotherPartyOrJobIsRefused() {
        writeAll();
        assertThrows(JournalException.class, () -> open(2));
        assertThrows(JournalException.class, () -> new FileJournal(file(), new byte[] {9}, key(1)));
    }

    @Test
    @DisplayName("D16: a second process of the same party on this machine is refused")
    void aSecondProcessOfTheSamePartyIsRefused() {
        try (FileJournal journal = open(1)) {
            JournalException refused = assertThrows(JournalException.class, () -> open(1));
            assertTrue(refused.getMessage().contains("running already"), refused.getMessage());
            journal.append(JournalEntry.epoch(1));
        }
    }

    @Test
    @DisplayName("D8: the journal's file shows no content and is its owner's only")
    void theFileShowsNoContentAndIsItsOwnersOnly() throws IOException {
        writeAll();
        String text = new String(Files.readAllBytes(file()), StandardCharsets.ISO_8859_1);
        assertFalse(text.contains("planted"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    @Test
    void theSameEntryIsNeverEncryptedAlike() throws IOException {
        try (FileJournal journal = open(1)) {
            journal.append(JournalEntry.epoch(1));
        }
        byte[] first = Files.readAllBytes(file());
        Files.delete(file());
        try (FileJournal journal = open(1)) {
            journal.append(JournalEntry.epoch(1));
        }
        assertFalse(Arrays.equals(first, Files.readAllBytes(file())));
    }

    @Test
    void aClosedJournalTakesNothing() {
        FileJournal journal = open(1);
        journal.close();
        assertThrows(JournalException.class, () -> journal.append(JournalEntry.epoch(1)));
    }

    private static void requireHolds(FileJournal journal, List<JournalEntry> expected) {
        assertEquals(expected.size(), journal.head().entries());
        for (JournalEntry entry : expected) {
            if (entry.type() == JournalEntry.Type.EPOCH) {
                assertEquals(entry.id(), journal.largestEpoch());
            } else {
                Optional<ByteString> content = journal.content(entry.type(), entry.kind(), entry.id(), entry.number());
                assertEquals(Optional.of(entry.content()), content);
            }
        }
        JournalEntry last = expected.get(expected.size() - 1);
        assertEquals(Optional.of(last), journal.last(last.type()));
    }

    private void writeAll() {
        try (FileJournal journal = open(1)) {
            entries.forEach(journal::append);
        }
    }

    @Test
    @DisplayName(
            "D7: full disk, at every byte of an entry: it is not stored, nothing more is taken, and the file is good for a restart")
    void fullDisk() throws IOException {
        writeAll();
        int entryBytes = (int) Files.size(file()) - lastEntry(Files.readAllBytes(file()));
        for (int room = 0; room < entryBytes; room++) {
            FailingChannel channel = failing();
            try (FileJournal journal = new FileJournal(file(), channel, CONTEXT, key(1))) {
                channel.leaveRoom(room);
                requireRefused(journal, "No space left on device");
            }
            try (FileJournal journal = open(1)) {
                requireHolds(journal, entries);
            }
        }
    }

    @Test
    @DisplayName("D7: an error of fsync: the entry counts as not stored, and nothing more is taken")
    void errorOfForce() throws IOException {
        writeAll();
        FailingChannel channel = failing();
        try (FileJournal journal = new FileJournal(file(), channel, CONTEXT, key(1))) {
            channel.failForce();
            requireRefused(journal, "Input/output error");
        }
    }

    @Test
    @DisplayName("D7: a read-only disk is refused at the start, by name")
    void readOnlyDisk() throws IOException {
        writeAll();
        FileChannel readOnly = FileChannel.open(file(), StandardOpenOption.READ);
        JournalException refused =
                assertThrows(JournalException.class, () -> new FileJournal(file(), readOnly, CONTEXT, key(1)));
        assertTrue(refused.getMessage().contains(file().toString()), refused.getMessage());
    }

    private void requireRefused(FileJournal journal, String why) {
        JournalEntry entry = entry(JournalEntry.Type.TRANSACTION, 0, 9);
        JournalException refused = assertThrows(JournalException.class, () -> journal.append(entry));
        assertTrue(refused.getMessage().contains(why), refused.getMessage());
        assertEquals(entries.size(), journal.head().entries());
        JournalException again = assertThrows(JournalException.class, () -> journal.append(entry));
        assertTrue(again.getMessage().contains("failed before"), again.getMessage());
    }

    private FailingChannel failing() throws IOException {
        return new FailingChannel(FileChannel.open(file(), StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    private FileJournal open(int secret) {
        return new FileJournal(file(), CONTEXT, key(secret));
    }

    private static JournalKey key(int secret) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) secret);
        return new JournalKey(bytes, new SecureRandom());
    }

    private Path file() {
        return folder.resolve("journal");
    }

    private static JournalEntry entry(JournalEntry.Type type, long id, int number) {
        return new JournalEntry(type, UnitKind.WINDOW, id, number, ByteString.copyFromUtf8("planted " + type));
    }

    private static int lastEntry(byte[] bytes) {
        int at = 0;
        while (at + 12 + length(bytes, at) < bytes.length) {
            at += 12 + length(bytes, at);
        }
        return at;
    }

    private static int length(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes, at, 4).getInt();
    }
}
