package io.veilflow.pipeline.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.Submission;
import io.veilflow.pipeline.wire.Tick;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBoardTest {
    private static final ByteString JOB = ByteString.copyFrom(new byte[32]);

    @TempDir
    Path directory;

    private FileBoard board;

    @BeforeEach
    void openBoard() {
        board = FileBoard.open(directory);
    }

    @AfterEach
    void closeBoard() {
        board.close();
    }

    @Test
    void whatWasAppendedIsReadBackByAnyReader() {
        append("bank-a", 3);
        try (FileBoard other = FileBoard.open(directory)) {
            assertEquals(3, other.size("bank-a"));
            assertEquals(0, other.size("bank-b"));
            for (int i = 0; i < 3; i++) {
                assertEquals(board.read("bank-a", i), other.read("bank-a", i));
            }
            assertEquals(Optional.empty(), other.read("bank-a", 3));
            assertEquals(Set.of("bank-a"), other.logs());
        }
    }

    @Test
    void aReaderSeesWhatIsAppendedAfterItBegan() {
        try (FileBoard reader = FileBoard.open(directory);
                BoardWriter writer = board.writer(signer("feeder"))) {
            assertEquals(0, reader.size("feeder"));
            for (int i = 0; i < 5; i++) {
                BoardEntry entry = writer.append(tick(i));
                assertEquals(Optional.of(entry), reader.read("feeder", i));
                assertEquals(entry.head(), reader.head("feeder", i + 1));
            }
        }
    }

    @Test
    void theFileIsLengthRecordChecksum() throws IOException {
        append("bank-a", 1);
        byte[] record = board.read("bank-a", 0).orElseThrow().record().toByteArray();
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(log("bank-a")));
        assertEquals(record.length, file.getInt());
        byte[] stored = new byte[record.length];
        file.get(stored);
        assertTrue(Arrays.equals(record, stored));
        CRC32C checksum = new CRC32C();
        checksum.update(record);
        assertEquals((int) checksum.getValue(), file.getInt());
        assertEquals(0, file.remaining());
    }

    @Test
    void theHeadFollowsFromAllRecordsBefore() {
        append("bank-a", 2);
        byte[] head = new byte[32];
        assertEquals(ByteString.copyFrom(head), board.head("bank-a", 0));
        for (int i = 0; i < 2; i++) {
            BoardEntry entry = board.read("bank-a", i).orElseThrow();
            head = Hashes.sha256Fields(
                    "veilflow/head/1", head, entry.recordHash().toByteArray());
            assertEquals(ByteString.copyFrom(head), entry.head());
            assertEquals(ByteString.copyFrom(head), board.head("bank-a", i + 1));
        }
        assertThrows(IllegalArgumentException.class, () -> board.head("bank-a", 3));
    }

    @Test
    void aTornLastRecordIsNotVisibleAndTheNextWriterSetsItAside() throws IOException {
        append("bank-a", 2);
        byte[] whole = Files.readAllBytes(log("bank-a"));
        int second = endOfFirst(whole);
        for (int kept = second + 1; kept < whole.length; kept += 5) {
            Files.write(log("bank-a"), Arrays.copyOf(whole, kept));
            try (FileBoard reader = FileBoard.open(directory)) {
                assertEquals(1, reader.size("bank-a"), "after " + kept + " bytes");
                assertEquals(Optional.empty(), reader.read("bank-a", 1));
                assertEquals(kept - second, reader.trailingBytes("bank-a"));
                try (BoardWriter writer = reader.writer(signer("bank-a"))) {
                    assertEquals(1, writer.append(tick(7)).index());
                }
                assertEquals(2, reader.size("bank-a"));
                assertEquals(0, reader.trailingBytes("bank-a"));
            }
            assertEquals(kept - second, Files.size(directory.resolve("bank-a.torn-" + second)));
        }
    }

    @Test
    void aLastRecordWhoseBytesDidNotAllArriveIsTornToo() throws IOException {
        append("bank-a", 2);
        flip("bank-a", (int) Files.size(log("bank-a")) - 10);
        try (FileBoard reader = FileBoard.open(directory)) {
            assertEquals(1, reader.size("bank-a"));
            assertTrue(reader.trailingBytes("bank-a") > 0);
        }
    }

    @Test
    void damageElsewhereIsRefusedNamingFileAndRecord() throws IOException {
        append("bank-a", 3);
        byte[] whole = Files.readAllBytes(log("bank-a"));
        int second = endOfFirst(whole);
        for (int at = second + 4; at < second + endOfFirst(Arrays.copyOfRange(whole, second, whole.length)); at++) {
            Files.write(log("bank-a"), whole);
            flip("bank-a", at);
            try (FileBoard reader = FileBoard.open(directory)) {
                assertEquals(1, reader.size("bank-a"));
                for (int index = 1; index < 4; index++) {
                    int asked = index;
                    BoardException refused = assertThrows(BoardException.class, () -> reader.read("bank-a", asked));
                    assertEquals(BoardException.Reason.DAMAGED, refused.reason());
                    assertTrue(refused.getMessage().contains("bank-a.log: record 1 "), refused.getMessage());
                }
                assertThrows(BoardException.class, () -> reader.writer(signer("bank-a")));
            }
        }
    }

    @Test
    void aLengthIsCheckedBeforeMemoryIsTaken() throws IOException {
        for (int length : new int[] {0, -1, Integer.MIN_VALUE, LogFile.RECORD_BYTES_MAX + 1, Integer.MAX_VALUE}) {
            Files.write(log("bank-a"), ByteBuffer.allocate(64).putInt(length).array());
            try (FileBoard reader = FileBoard.open(directory)) {
                BoardException refused = assertThrows(BoardException.class, () -> reader.read("bank-a", 0));
                assertEquals(BoardException.Reason.DAMAGED, refused.reason());
            }
        }
    }

    @Test
    void aLogThatBecomesShorterOrChangesUnderAReaderIsRefused() throws IOException {
        append("bank-a", 2);
        assertEquals(2, board.size("bank-a"));
        flip("bank-a", 20);
        assertEquals(
                BoardException.Reason.DAMAGED,
                assertThrows(BoardException.class, () -> board.read("bank-a", 0))
                        .reason());
        Files.write(log("bank-a"), new byte[] {0, 0}, StandardOpenOption.TRUNCATE_EXISTING);
        assertEquals(
                BoardException.Reason.DAMAGED,
                assertThrows(BoardException.class, () -> board.read("bank-a", 2))
                        .reason());
    }

    @Test
    void aLogHasOneWriterAtATime() {
        BoardWriter first = board.writer(signer("bank-a"));
        assertEquals(
                BoardException.Reason.LOCKED,
                assertThrows(BoardException.class, () -> board.writer(signer("bank-a")))
                        .reason());
        try (FileBoard other = FileBoard.open(directory)) {
            assertEquals(
                    BoardException.Reason.LOCKED,
                    assertThrows(BoardException.class, () -> other.writer(signer("bank-a")))
                            .reason());
        }
        first.close();
        assertThrows(IllegalStateException.class, () -> first.append(tick(0)));
        board.writer(signer("bank-a")).close();
    }

    @Test
    void aRecordThatIsTooLongIsRefusedAndTheLogGoesOn() {
        Payload tooLong = Payload.newBuilder()
                .setSubmission(
                        Submission.newBuilder().setRecordId(ByteString.copyFrom(new byte[LogFile.RECORD_BYTES_MAX])))
                .build();
        try (BoardWriter writer = board.writer(signer("bank-a"))) {
            assertEquals(
                    BoardException.Reason.TOO_LARGE,
                    assertThrows(BoardException.class, () -> writer.append(tooLong))
                            .reason());
            assertEquals(0, writer.append(tick(1)).index());
        }
    }

    /** A17. */
    @Test
    void aNameCannotLeaveTheDirectory() {
        for (String name : new String[] {"../x", "a/b", "", "A", "a\n", "a".repeat(33), "a.log"}) {
            BoardException refused = assertThrows(BoardException.class, () -> board.size(name));
            assertEquals(BoardException.Reason.BAD_NAME, refused.reason());
        }
    }

    @Test
    void aMissingDirectoryIsNotABoard() {
        BoardException refused = assertThrows(BoardException.class, () -> FileBoard.open(directory.resolve("nothing")));
        assertEquals(BoardException.Reason.NO_BOARD, refused.reason());
    }

    @Test
    void aTailTakesTheLogsInTurnAndGoesOnWhereItStopped() {
        append("bank-a", 3);
        append("bank-b", 1);
        BoardTail tail = BoardTail.fromStart(board, Set.of("bank-a", "bank-b", "bank-c"));
        assertEquals("bank-a 0, bank-b 0, bank-a 1, ", drain(tail, 3));
        BoardTail restored = new BoardTail(board, tail.positions());
        append("bank-c", 1);
        assertEquals("bank-a 2, bank-c 0, ", drain(restored, 10));
        assertEquals(Map.of("bank-a", 3L, "bank-b", 1L, "bank-c", 1L), restored.positions());
    }

    @Test
    void aDamagedLogEndsAndTheOthersGoOn() throws IOException {
        append("bank-a", 3);
        append("bank-b", 2);
        flip("bank-a", (int) Files.size(log("bank-a")) / 2);
        BoardTail tail = BoardTail.fromStart(board, Set.of("bank-a", "bank-b"));
        assertEquals("bank-a 0, bank-b 0, bank-b 1, ", drain(tail, 10));
        assertEquals(Set.of("bank-a"), tail.damage().keySet());
    }

    private static String drain(BoardTail tail, int most) {
        StringBuilder order = new StringBuilder();
        for (int i = 0; i < most; i++) {
            tail.poll().ifPresent(entry -> order.append(entry.writer() + " " + entry.index() + ", "));
        }
        return order.toString();
    }

    private void append(String name, int records) {
        try (BoardWriter writer = board.writer(signer(name))) {
            for (int i = 0; i < records; i++) {
                writer.append(tick(i));
            }
        }
    }

    private void flip(String name, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(log(name));
        bytes[at] ^= 1;
        Files.write(log(name), bytes);
    }

    private static int endOfFirst(byte[] log) {
        return ByteBuffer.wrap(log).getInt() + LogFile.FRAMING_BYTES;
    }

    private Path log(String name) {
        return directory.resolve(name + ".log");
    }

    private static RecordSigner signer(String name) {
        return new RecordSigner(JOB, name, SampleWriters.key(name));
    }

    private static Payload tick(int time) {
        return Payload.newBuilder()
                .setTick(Tick.newBuilder().setTimeMillis(1_000 + time))
                .build();
    }
}
