package io.veilflow.zk.key;

import io.veilflow.nativelib.CircuitSummary;
import io.veilflow.nativelib.NativeProver;
import io.veilflow.nativelib.SharedKeyMaterial;
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
 * an <b>unsafe</b> key (see {@link SetupOrigin}), logged as such; {@link #ceremonyKeysOf} never does that. A file lock makes concurrent processes set up once; a
 * file appears whole or not at all, readable by its owner only. Digests of everything are verified at every load.
 */
public final class KeyCache {
    private static final long LOCK_RETRY_MILLIS = 50;
    /** A wire has a point each in A, B, B in G2 and one of K, the verifying key or two of a basis, which stands there twice. */
    private static final long BYTES_PER_WIRE = 64 + 64 + 128 + 3 * 64;
    /** Powers of tau: at most twice as many as rows. */
    private static final long BYTES_PER_ROW = 2 * 64;

    private static final long BYTES_OF_HEADERS = 1 << 16;

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
            return load(rule, circuit, file);
        } catch (IOException e) {
            throw new KeyException(KeyException.Reason.STORAGE, "key file " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * The keys that a ceremony made for a rule; nothing is set up here.
     *
     * @throws KeyException UNSAFE if there are none, or only those of a local setup; else as {@link #keysOf}
     */
    public JobKeys ceremonyKeysOf(Rule rule) {
        CircuitSummary circuit = NativeProver.compile(rule.canonicalBytes());
        Path file = fileOf(circuit);
        if (!Files.exists(file)) {
            throw new KeyException(KeyException.Reason.UNSAFE, "no key of a ceremony for " + rule + " in " + directory);
        }
        try {
            return load(rule, circuit, file).requireCeremony();
        } catch (IOException e) {
            throw new KeyException(KeyException.Reason.STORAGE, "key file " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Keeps the keys of a finished ceremony, in the place of others of the same circuit.
     *
     * @throws KeyException if they are no keys of the rule or cannot be written
     */
    public JobKeys store(Rule rule, SharedKeyMaterial material) {
        CircuitSummary circuit = NativeProver.compile(rule.canonicalBytes());
        Path file = fileOf(circuit);
        KeyFile keys = new KeyFile(
                SetupOrigin.CEREMONY,
                circuit.circuitDigest(),
                material.provingKey(),
                material.verifyingKey(),
                material.basis());
        try {
            Files.createDirectories(directory, ownerOnly("rwx------"));
            store(keys, file);
            return load(rule, circuit, file);
        } catch (IOException e) {
            throw new KeyException(KeyException.Reason.STORAGE, "key file " + file + ": " + e.getMessage(), e);
        }
    }

    private static JobKeys load(Rule rule, CircuitSummary circuit, Path file) throws IOException {
        JobKeys keys = new JobKeys(rule, circuit, read(file, circuit));
        switch (keys.origin()) {
            case UNSAFE_LOCAL -> Log.TO.warn("{}", keys);
            case CEREMONY -> Log.TO.info("{}", keys);
        }
        return keys;
    }

    private Path fileOf(CircuitSummary circuit) {
        return directory.resolve(HexFormat.of().formatHex(circuit.circuitDigest()) + ".keys");
    }

    private static KeyFile read(Path file, CircuitSummary circuit) throws IOException {
        long size = Files.size(file);
        if (size > largest(circuit)) {
            throw new KeyException(
                    KeyException.Reason.MALFORMED,
                    "key file " + file + " of " + size + " bytes, at most " + largest(circuit) + " for this circuit");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return KeyFile.read(in, size, circuit.circuitDigest());
        }
    }

    /** More than any right file of the circuit has. */
    private static long largest(CircuitSummary circuit) {
        long wires = 1L + circuit.inputWires() + circuit.internalWires();
        return BYTES_OF_HEADERS + BYTES_PER_WIRE * wires + BYTES_PER_ROW * circuit.constraints();
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
        Log.TO.warn(
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

    /** Apart, since every command asks for the default directory and most log nothing: starting a logger costs half a second. */
    private static final class Log {
        static final Logger TO = LoggerFactory.getLogger(KeyCache.class);
    }
}
