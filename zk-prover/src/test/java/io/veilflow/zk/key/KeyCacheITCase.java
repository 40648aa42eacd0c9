package io.veilflow.zk.key;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.nativelib.ProvingKeyHandle;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.job.MarketHealthRule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of a real circuit on disk. */
class KeyCacheITCase {
    private final Rule rule = MarketHealthRule.of(1, 2).rule();

    @TempDir
    private Path directory;

    private Path keyFile() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".keys"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void aSecondLoadGivesTheSameKeys() {
        JobKeys first = new KeyCache(directory).keysOf(rule);
        JobKeys second = new KeyCache(directory).keysOf(rule);
        assertEquals(first.verifyingKey(), second.verifyingKey());
        assertArrayEquals(first.basis().digest(), second.basis().digest());
        second.requireDigests(first.verifyingKey().digest(), first.basis().digest());
        assertEquals(4, second.basis().wires());
        try (ProvingKeyHandle handle = second.loadProvingKey()) {
            assertArrayEquals(first.circuit().circuitDigest(), handle.circuit().circuitDigest());
        }
    }

    @Test
    void everyTextOfAKeySaysThatItIsUnsafe() {
        JobKeys keys = new KeyCache(directory).keysOf(rule);
        assertTrue(keys.toString().startsWith("UNSAFE development key"), keys.toString());
        assertEquals(SetupOrigin.UNSAFE_LOCAL, keys.origin());
    }

    @Test
    void onlyTheOwnerCanReadTheFile() throws IOException {
        new KeyCache(directory).keysOf(rule);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile())));
    }

    @Test
    void threadsAtTheSameTimeSetUpOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<JobKeys>> loads = new ArrayList<>();
            for (int k = 0; k < 3; k++) {
                loads.add(threads.submit(() -> new KeyCache(directory).keysOf(rule)));
            }
            VerifyingKey first = loads.get(0).get().verifyingKey();
            for (Future<JobKeys> load : loads) {
                assertEquals(first, load.get().verifyingKey());
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aChangedFileIsRefused() throws IOException {
        new KeyCache(directory).keysOf(rule);
        byte[] bytes = Files.readAllBytes(keyFile());
        bytes[bytes.length / 2] ^= 1;
        Files.write(keyFile(), bytes);
        assertThrows(KeyException.class, () -> new KeyCache(directory).keysOf(rule));
    }

    /** THREATS E12. */
    @Test
    void whoAsksForKeysOfACeremonyGetsNoLocalOnes() throws IOException {
        KeyCache cache = new KeyCache(directory);
        assertEquals(
                KeyException.Reason.UNSAFE,
                assertThrows(KeyException.class, () -> cache.ceremonyKeysOf(rule))
                        .reason());
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(0, files.count(), "nothing was set up");
        }
        cache.keysOf(rule);
        assertEquals(
                KeyException.Reason.UNSAFE,
                assertThrows(KeyException.class, () -> cache.ceremonyKeysOf(rule))
                        .reason());
    }

    /** THREATS E11: refused by its size, before memory is taken. */
    @Test
    void aFileThatIsTooLargeForItsCircuitIsRefused() throws IOException {
        new KeyCache(directory).keysOf(rule);
        try (FileChannel file = FileChannel.open(keyFile(), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(1), 1L << 30);
        }
        assertEquals(
                KeyException.Reason.MALFORMED,
                assertThrows(KeyException.class, () -> new KeyCache(directory).keysOf(rule))
                        .reason());
    }

    @Test
    void keysThatTheJobDoesNotNameAreRefused() {
        JobKeys keys = new KeyCache(directory).keysOf(rule);
        byte[] other = keys.verifyingKey().digest();
        other[0] ^= 1;
        assertEquals(
                KeyException.Reason.DIGEST_MISMATCH,
                assertThrows(
                                KeyException.class,
                                () -> keys.requireDigests(other, keys.basis().digest()))
                        .reason());
        assertThrows(
                KeyException.class,
                () -> keys.requireDigests(keys.verifyingKey().digest(), other));
    }
}
