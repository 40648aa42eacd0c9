package io.veilflow.pipeline.demo;

import io.veilflow.pipeline.audit.Auditor;
import io.veilflow.pipeline.config.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a demo run keeps its files. Public things lie in {@code root}; what only one participant may see, its keys, its
 * books and its log, in a folder of its own, mode 0700. Passphrases lie apart from the keys, in a temporary folder that
 * never outlives the run.
 */
public final class DemoFolder implements AutoCloseable {
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path root;
    private final Path passphrases;
    private final boolean kept;
    private final Thread hook;

    private DemoFolder(Path root, Path passphrases, boolean kept) {
        this.root = root;
        this.passphrases = passphrases;
        this.kept = kept;
        this.hook = new Thread(this::delete, "demo-folder");
    }

    /** @throws ConfigurationException if the folder to keep exists and is not empty */
    public static DemoFolder create(Optional<Path> keep) {
        try {
            Path root = keep.isPresent()
                    ? emptyFolder(keep.get().toAbsolutePath().normalize())
                    : Files.createTempDirectory("veilflow-demo", OWNER_ONLY);
            Path passphrases = Files.createTempDirectory("veilflow-passphrases", OWNER_ONLY);
            Files.createDirectories(root.resolve("board"));
            DemoFolder folder = new DemoFolder(root, passphrases, keep.isPresent());
            Runtime.getRuntime().addShutdownHook(folder.hook);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("the demo's folder cannot be made", e);
        }
    }

    public Path root() {
        return root;
    }

    public Path board() {
        return root.resolve("board");
    }

    Path jobFile() {
        return board().resolve(Auditor.JOB_FILE);
    }

    public Path basisFile() {
        return board().resolve(Auditor.BASIS_FILE);
    }

    Path verifyingKeyFile() {
        return board().resolve(Auditor.VERIFYING_KEY_FILE);
    }

    /** The private folder of one participant; made when it is first asked for. */
    Path of(String participant) {
        Path own = root.resolve(participant);
        if (!Files.isDirectory(own)) {
            try {
                Files.createDirectory(own, OWNER_ONLY);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return own;
    }

    public Path keys(String participant) {
        return of(participant).resolve("identity.keys");
    }

    /** A party's share of the key that signs results. */
    Path resultStore(String participant) {
        return of(participant).resolve("result.group");
    }

    /** The three parties before there is a job. */
    Path partiesFile() {
        return root.resolve("parties.json");
    }

    Path log(String participant) {
        return of(participant).resolve("process.log");
    }

    public Path passphrase(String participant) {
        return passphrases.resolve(participant);
    }

    void write(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file that only its owner may read. */
    void writePrivate(Path file, byte[] content) {
        try {
            if (Files.notExists(file)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            return; // the hook deletes
        }
        delete();
    }

    private void delete() {
        delete(passphrases);
        if (!kept) {
            delete(root);
        }
    }

    private static Path emptyFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> content = Files.list(folder)) {
            if (content.findAny().isPresent()) {
                throw new ConfigurationException("--keep " + folder, List.of("is not empty; name a new folder"));
            }
        }
        return folder;
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("left behind: " + folder, e);
        }
    }
}
