package io.veilflow.pipeline.identity;

import io.veilflow.pipeline.identity.IdentityException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files for their owner only: written with mode 0600, refused when group or world have any access (THREATS H6). */
public final class PrivateFiles {
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private PrivateFiles() {}

    /** @param limit largest size in bytes, checked before memory is taken */
    public static byte[] read(Path file, int limit) {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            if (!OWNER.containsAll(permissions)) {
                throw new IdentityException(
                        Problem.PERMISSIONS,
                        file,
                        "has mode " + PosixFilePermissions.toString(permissions)
                                + ", but only its owner may read and write it; do: chmod 600 " + file);
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] content = in.readNBytes(limit + 1);
                if (content.length > limit) {
                    throw new IdentityException(Problem.MALFORMED, file, "is larger than " + limit + " bytes");
                }
                return content;
            }
        } catch (NoSuchFileException e) {
            throw new IdentityException(Problem.UNREADABLE, file, "does not exist");
        } catch (IOException | UnsupportedOperationException e) {
            throw new IdentityException(Problem.UNREADABLE, file, "cannot be read: " + e.getMessage());
        }
    }

    /** Makes a new file with mode 0600; an existing one is never replaced. */
    public static void create(Path file, byte[] content) {
        try (var channel = Files.newByteChannel(
                        file,
                        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SYNC),
                        PosixFilePermissions.asFileAttribute(OWNER));
                OutputStream out = Channels.newOutputStream(channel)) {
            out.write(content);
        } catch (FileAlreadyExistsException e) {
            throw new IdentityException(
                    Problem.UNREADABLE, file, "exists already; a key file is never replaced, choose another place");
        } catch (IOException | UnsupportedOperationException e) {
            throw new IdentityException(Problem.UNREADABLE, file, "cannot be written: " + e.getMessage());
        }
    }

    /** Puts the content in the place of what is there, if anything, or leaves that as it was: never a part of either. */
    public static void replace(Path file, byte[] content) {
        Path written = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.deleteIfExists(written);
            create(written, content);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
            syncFolder(file);
        } catch (IOException e) {
            throw new IdentityException(Problem.UNREADABLE, file, "cannot be replaced: " + e.getMessage());
        }
    }

    /** Deletes for good, if it is there. */
    public static void delete(Path file) {
        try {
            if (Files.deleteIfExists(file)) {
                syncFolder(file);
            }
        } catch (IOException e) {
            throw new IdentityException(Problem.UNREADABLE, file, "cannot be deleted: " + e.getMessage());
        }
    }

    private static void syncFolder(Path file) throws IOException {
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
