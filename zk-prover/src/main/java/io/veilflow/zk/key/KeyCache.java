package io.veilflow.zk.key;

import io.veilflow.nativelib.CircuitSummary;
import io.veilflow.nativelib.NativeProver;
import io.veilflow.nativelib.UnsafeKeyMaterial;
import io.veilflow.zk.rule.Rule;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys of rules in a directory, one file per circuit digest. A circuit that has no file yet is set up locally, which makes
 * an <b>unsafe</b> key (see {@link SetupOrigin}), logged as such. A file lock makes concurrent processes set up once; a
 * file appears whole or not at all, readable by its owner only. Digests of everything are verified at every load.
 */
public final class KeyCache {
    private static final Logger LOG = LoggerFactory.getLogger(KeyCache.class);
    private static final long LOCK_RETRY_MILLIS = 50;

    private final Path directory;

    public KeyCache(Path directory) {
        this.directory = directory;
    }

    /** {@code .veilflow/keys} in the user's home. */
    public static Path defaultDirectory() {
        return Path.of(System.getProperty("user.home"), ".veilflow", "keys");
    }

    /**
     * The keys of a rule: from the file, or by a local setup that is then stored.
     *
     * @throws KeyException if the file is not what it was when it was written, or cannot be used
     */
    public JobKeys keysOf(Rule rule) {
        CircuitSummary circuit = NativeProver.compile(rule.canonicalBytes());
        Path file = fileOf(circuit);
        try {
            if (!Files.exists(file)) {
                setUpOnce(rule, circuit, file);
            }
            JobKeys keys = new JobKeys(rule, circuit, read(file, circuit));
            LOG.warn("{}", keys);
            return keys;
        } catch (IOException e) {
            throw new KeyException(KeyException.Reason.STORAGE, "key file " + file + ": " + e.getMessage(), e);
        }
    }

    private Path fileOf(CircuitSummary circuit) {
        return directory.resolve(HexFormat.of().formatHex(circuit.circuitDigest()) + ".keys");
    }

    private static KeyFile read(Path file, CircuitSummary circuit) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return KeyFile.read(in, Files.size(file), circuit.circuitDigest());
        }
    }

    private void setUpOnce(Rule rule, CircuitSummary circuit, Path file) throws IOException {
        Files.createDirectories(directory, ownerOnly("rwx------"));
        Path lockFile = directory.resolve(file.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = acquire(channel)) {
            if (lock.isValid() && !Files.exists(file)) {
                store(setUp(rule, circuit), file);
            }
        }
    }

    private static KeyFile setUp(Rule rule, CircuitSummary circuit) {
        LOG.warn(
                "{}: local setup for {}, {} constraints",
                SetupOrigin.UNSAFE_LOCAL.warning(),
                rule,
                circuit.constraints());
        UnsafeKeyMaterial material = NativeProver.setupUnsafe(rule.canonicalBytes());
        return new KeyFile(
                SetupOrigin.UNSAFE_LOCAL,
                circuit.circuitDigest(),
                material.provingKey(),
                material.verifyingKey(),
                material.basis());
    }

    private void store(KeyFile keys, Path file) throws IOException {
        Path partial = Files.createTempFile(directory, "setup", ".partial", ownerOnly("rw-------"));
        try {
            try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE);
                    OutputStream out = Channels.newOutputStream(channel)) {
                keys.write(out);
                channel.force(true);
            }
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    /** Waits for other processes, and for other threads of this one, for which Java throws instead of waiting. */
    private static FileLock acquire(FileChannel channel) throws IOException {
        while (true) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException e) {
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOCK_RETRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KeyException(KeyException.Reason.STORAGE, "interrupted while another thread sets up", e);
        }
    }

    private FileAttribute<?>[] ownerOnly(String permissions) {
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
