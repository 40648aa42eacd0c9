package io.veilflow.zk.key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** The files of a ceremony's folder. Nothing is overwritten, and a file's length is known before it is read. */
final class CeremonyFiles {
    /** By which a contribution is longer than the first file of its phase. */
    static final int CHALLENGE_BYTES = 32;

    private static final int BEACON_BYTES_MAX = 64;

    enum Phase {
        FIRST,
        SECOND;

        @Override
        public String toString() {
            return "phase-" + (1 + ordinal());
        }
    }

    private final Path directory;

    CeremonyFiles(Path directory) {
        this.directory = directory;
    }

    static String name(Phase phase, int number) {
        return String.format(Locale.ROOT, "%s-%03d", phase, number);
    }

    /** Files of a phase, numbered without a gap. */
    int count(Phase phase) {
        int count = 0;
        while (Files.exists(directory.resolve(name(phase, count)))) {
            count++;
        }
        return count;
    }

    long size(Phase phase, int number) {
        Path file = directory.resolve(name(phase, number));
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw storage(file, e);
        }
    }

    /** @throws KeyException TRANSCRIPT if the file has another length, before any of it is read */
    byte[] read(Phase phase, int number, long size) {
        Path file = directory.resolve(name(phase, number));
        if (size(phase, number) != size) {
            throw new KeyException(
                    KeyException.Reason.TRANSCRIPT,
                    file.getFileName() + " has " + size(phase, number) + " bytes, expected " + size);
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw storage(file, e);
        }
    }

    void write(Phase phase, int number, byte[] bytes) {
        writeNew(directory.resolve(name(phase, number)), bytes);
    }

    /** Hexadecimal digits and a newline; empty if the phase is open. */
    Optional<byte[]> beacon(Phase phase) {
        Path file = directory.resolve(phase + ".beacon");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            if (Files.size(file) > 2 * BEACON_BYTES_MAX + 1) {
                throw new KeyException(KeyException.Reason.TRANSCRIPT, file.getFileName() + " is too long");
            }
            return Optional.of(HexFormat.of()
                    .parseHex(Files.readString(file, StandardCharsets.US_ASCII).strip()));
        } catch (IOException e) {
            throw storage(file, e);
        } catch (IllegalArgumentException e) {
            throw new KeyException(KeyException.Reason.TRANSCRIPT, file.getFileName() + " is not hexadecimal", e);
        }
    }

    void writeBeacon(Phase phase, byte[] beacon) {
        String line = HexFormat.of().formatHex(beacon) + "\n";
        writeNew(directory.resolve(phase + ".beacon"), line.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    private void writeNew(Path file, byte[] bytes) {
        try {
            Files.createDirectories(directory);
            Files.write(file, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw storage(file, e);
        }
    }

    private static KeyException storage(Path file, IOException e) {
        return new KeyException(KeyException.Reason.STORAGE, "ceremony file " + file + ": " + e.getMessage(), e);
    }
}
