package io.veilflow.pipeline.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One changed byte anywhere in a board's folder fails the audit and is named. */
class ChangedByteTest {
    private static final int STEP = 131;

    @TempDir
    static Path directory;

    private static RecordedJob job;
    private static Map<Path, byte[]> files;

    @BeforeAll
    static void record() throws IOException {
        job = new RecordedJob(directory);
        job.typical();
        job.close();
        files = new TreeMap<>();
        try (var listed = Files.list(directory)) {
            for (Path file :
                    listed.filter(path -> !path.toString().endsWith(".lock")).toList()) {
                files.put(file, Files.readAllBytes(file));
            }
        }
        assertTrue(job.audit().passed());
    }

    @Test
    void everyByteOfEveryLogAndDocumentCounts() throws IOException {
        int changed = 0;
        for (Map.Entry<Path, byte[]> file : files.entrySet()) {
            for (int at = 0; at < file.getValue().length; at += STEP) {
                assertNoticed(file.getKey(), at);
                changed++;
            }
            assertNoticed(file.getKey(), file.getValue().length - 1);
        }
        assertTrue(changed > 100, changed + " bytes");
    }

    @Test
    void everyByteOfAFrameCounts() throws IOException {
        Path log = directory.resolve("party-1.log");
        byte[] bytes = files.get(log);
        int first = ByteBuffer.wrap(bytes).getInt() + 8;
        for (int at : new int[] {0, 1, 2, 3, first - 4, first - 3, first - 2, first - 1, first, first + 1, first + 3}) {
            assertNoticed(log, at);
        }
    }

    /** As somebody would do it who knows the format: the checksum is made right again. */
    @Test
    void aChangedRecordWithAGoodChecksumIsNoticed() throws IOException {
        for (Map.Entry<Path, byte[]> file : files.entrySet()) {
            if (file.getKey().toString().endsWith(".log")) {
                for (int[] record : records(file.getValue())) {
                    byte[] bytes = file.getValue().clone();
                    bytes[record[0] + record[1] / 2] ^= 1;
                    CRC32C checksum = new CRC32C();
                    checksum.update(bytes, record[0], record[1]);
                    ByteBuffer.wrap(bytes).putInt(record[0] + record[1], (int) checksum.getValue());
                    assertNoticed(file.getKey(), bytes, "record at " + record[0]);
                }
            }
        }
    }

    @Test
    void aShortenedLogIsNoticed() throws IOException {
        for (String log : List.of("bank-c.log", "feeder.log", "party-0.log", "party-2.log")) {
            byte[] bytes = files.get(directory.resolve(log));
            int first = ByteBuffer.wrap(bytes).getInt() + 8;
            assertNoticed(
                    directory.resolve(log), ByteString.copyFrom(bytes, 0, first).toByteArray(), "one record");
            assertNoticed(directory.resolve(log), new byte[0], "no record");
        }
    }

    private static void assertNoticed(Path file, int at) throws IOException {
        byte[] bytes = files.get(file).clone();
        bytes[at] ^= 0x10;
        AuditReport.Failure failure = assertNoticed(file, bytes, "byte " + at);
        String name = file.getFileName().toString();
        if (name.endsWith(".log")) {
            String expected = "record " + recordAt(files.get(file), at) + " of " + name.replace(".log", "");
            assertEquals(expected, failure.place(), "byte " + at);
        }
    }

    private static int recordAt(byte[] log, int at) {
        List<int[]> records = records(log);
        int record = 0;
        while (at >= records.get(record)[0] + records.get(record)[1] + 4) {
            record++;
        }
        return record;
    }

    private static AuditReport.Failure assertNoticed(Path file, byte[] bytes, String where) throws IOException {
        Files.write(file, bytes);
        AuditReport report = job.audit();
        Files.write(file, files.get(file));
        String name = file.getFileName().toString();
        assertFalse(report.passed(), name + ", " + where);
        AuditReport.Failure failure = report.failure().orElseThrow();
        String places = name.endsWith(".log")
                ? "record \\d+ of [a-z0-9-]+|(window|batch) \\d+"
                : "record 0 of party-0|" + name.replace(".", "\\.");
        assertTrue(failure.place().matches(places), name + ", " + where + ": " + failure.place());
        return failure;
    }

    /** Offset and length of every record. */
    private static List<int[]> records(byte[] log) {
        List<int[]> records = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(log);
        while (bytes.hasRemaining()) {
            int length = bytes.getInt();
            records.add(new int[] {bytes.position(), length});
            bytes.position(bytes.position() + length + 4);
        }
        assertEquals(0, bytes.remaining());
        return records;
    }
}
