package io.veilflow.pipeline.key;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.identity.IdentityException;
import io.veilflow.pipeline.identity.IdentityException.Problem;
import io.veilflow.pipeline.identity.KdfParameters;
import io.veilflow.pipeline.identity.Passphrase;
import io.veilflow.pipeline.identity.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One party's share of one group key on disk, and beside it, in {@code FILE.next}, the share of a generation that is not
 * everybody's yet. Every change is one atomic replacement of a file, so that a crash leaves the state before it or after it:
 *
 * <pre>
 *   stash     (current, none)          to (current, next)            FILE.next written
 *   giveUp    (current, next)          to (current, next given up)   FILE.next replaced
 *   commit    (current, next)          to (next, none)               FILE replaced, then FILE.next deleted
 *   drop      (current, next given up) to (current, none)            FILE.next deleted
 * </pre>
 *
 * Between the two steps of {@code commit} both files hold the same generation: {@code FILE} counts. Which step is taken when is
 * {@link Settlement}'s. Held by one process at a time. Not thread-safe.
 */
public final class GroupKeyStore implements AutoCloseable {
    private final Path file;
    private final Path nextFile;
    private final KeyPurpose purpose;
    private final PartyId holder;
    private final Passphrase passphrase;
    private final FileChannel lock;

    private GroupKeyFile currentContent;
    private GroupShare current;
    private GroupKeyFile nextContent;
    private GroupShare next;

    private GroupKeyStore(Path file, KeyPurpose purpose, PartyId holder, Passphrase passphrase, FileChannel lock) {
        this.file = file;
        this.nextFile = next(file);
        this.purpose = purpose;
        this.holder = holder;
        this.passphrase = passphrase;
        this.lock = lock;
    }

    /**
     * Opens what is there, which may be nothing.
     *
     * @param file need not exist, its folder must
     * @param passphrase not closed by this
     * @throws IdentityException by its {@link Problem}; STALE if {@code FILE} is older than what {@code FILE.next} followed
     */
    public static GroupKeyStore open(Path file, KeyPurpose purpose, PartyId holder, Passphrase passphrase) {
        GroupKeyStore store = new GroupKeyStore(file, purpose, holder, passphrase, lock(file));
        try {
            store.load();
            return store;
        } catch (IdentityException refused) {
            store.close();
            throw refused;
        }
    }

    /**
     * The share that a party works with; the caller closes it. Nothing is changed.
     *
     * @throws IdentityException by its {@link Problem}; STALE if {@code FILE.next} belongs to a later generation
     */
    public static GroupShare openShare(Path file, KeyPurpose purpose, PartyId holder, Passphrase passphrase) {
        requireNoLaterNext(file, decoded(file).map(read -> read.key(file)));
        return decoded(file)
                .orElseThrow(() -> new IdentityException(
                        Problem.UNREADABLE,
                        file,
                        Files.exists(next(file))
                                ? "is not there yet: the making of the key has not ended; run keys create group again"
                                : "does not exist; make the key with keys create group"))
                .open(file, purpose, holder, passphrase);
    }

    /** The public side of a store, without passphrase: only as trustworthy as the place where it lies. */
    public static StoredKey readPublic(Path file) {
        GroupKeyFile read =
                decoded(file).orElseThrow(() -> new IdentityException(Problem.UNREADABLE, file, "does not exist"));
        return new StoredKey(
                read.holder(file),
                read.key(file),
                decoded(next(file)).map(content -> content.key(next(file)).generation()),
                read.isSuspended());
    }

    /**
     * Notes that a signature with this share has failed (THREATS G13): until a refresh has made another generation nothing is signed with
     * it, also after a restart. Another generation in the file is left alone.
     *
     * @throws IdentityException UNREADABLE if a ceremony has the store, which is about to make that generation
     */
    public static void suspend(Path file, PublicGroupKey key) {
        FileChannel lock = lock(file);
        try {
            decoded(file)
                    .filter(content -> content.key(file).equals(key))
                    .ifPresent(content ->
                            PrivateFiles.replace(file, content.asSuspended().encode()));
        } finally {
            close(lock);
        }
    }

    /** Whether this is such a store, by what its header says. */
    public static boolean isStore(Path file) {
        try {
            return decoded(file).isPresent();
        } catch (IdentityException another) {
            return false;
        }
    }

    /**
     * What anybody may know of a store.
     *
     * @param pendingGeneration of a generation that is not everybody's yet
     * @param suspended whether a signature with this share has failed, so that it waits for a refresh
     */
    public record StoredKey(
            PartyId holder, PublicGroupKey key, Optional<Integer> pendingGeneration, boolean suspended) {}

    Optional<GroupShare> current() {
        return Optional.ofNullable(current);
    }

    Optional<GroupShare> next() {
        return Optional.ofNullable(next);
    }

    boolean isNextGivenUp() {
        return nextContent != null && nextContent.isGivenUp();
    }

    /** With which the current generation became everybody's; empty if there is none. */
    List<byte[]> certificate() {
        return currentContent == null
                ? List.of()
                : Objects.requireNonNullElse(currentContent.confirmations(), List.of());
    }

    Path file() {
        return file;
    }

    /** Keeps the share beside the current one. Returns when it is on disk. The store closes it. */
    void stash(GroupShare share, KdfParameters kdf, SecureRandom random) {
        if (next != null) {
            throw new IllegalStateException("there is a pending generation already");
        }
        GroupKeyFile content = GroupKeyFile.seal(share, passphrase, kdf, random);
        PrivateFiles.replace(nextFile, content.encode());
        nextContent = content;
        next = share;
    }

    void giveUp() {
        GroupKeyFile content = nextContent.withGivenUp();
        PrivateFiles.replace(nextFile, content.encode());
        nextContent = content;
    }

    /** @param certificate confirmations of all three for the pending generation */
    void commit(List<byte[]> certificate) {
        GroupKeyFile content = nextContent.confirmed(certificate);
        PrivateFiles.replace(file, content.encode());
        PrivateFiles.delete(nextFile);
        if (current != null) {
            current.close();
        }
        currentContent = content;
        current = next;
        nextContent = null;
        next = null;
    }

    void drop() {
        PrivateFiles.delete(nextFile);
        next.close();
        nextContent = null;
        next = null;
    }

    private void load() {
        currentContent = decoded(file).orElse(null);
        if (currentContent != null) {
            current = currentContent.open(file, purpose, holder, passphrase);
        }
        requireNoLaterNext(file, current().map(GroupShare::key));
        nextContent = decoded(nextFile).orElse(null);
        if (nextContent == null) {
            return;
        }
        next = nextContent.open(nextFile, purpose, holder, passphrase);
        if (current != null && current.key().equals(next.key())) {
            drop();
        } else if (next.key().generation() != generation(current()) + 1
                || current != null && !current.key().isSameKey(next.key())) {
            throw new IdentityException(
                    Problem.STALE, nextFile, "does not follow what is in " + file + "; it is a copy of something else");
        }
    }

    private static int generation(Optional<GroupShare> share) {
        return share.map(known -> known.key().generation()).orElse(0);
    }

    /** A file that was put back from an old copy is behind the pending generation that was begun after it. */
    private static void requireNoLaterNext(Path file, Optional<PublicGroupKey> current) {
        int generation = current.map(PublicGroupKey::generation).orElse(0);
        Optional<Integer> pending =
                decoded(next(file)).map(content -> content.key(next(file)).generation());
        if (pending.isPresent() && pending.get() > generation + 1) {
            throw new IdentityException(
                    Problem.STALE,
                    file,
                    (current.isPresent() ? "has generation " + generation : "is missing")
                            + ", but a share of generation " + pending.get()
                            + " is beside it: it is an old copy; a replaced party begins with no store");
        }
    }

    private static Optional<GroupKeyFile> decoded(Path file) {
        return Files.exists(file)
                ? Optional.of(GroupKeyFile.decode(file, PrivateFiles.read(file, GroupKeyFile.LARGEST)))
                : Optional.empty();
    }

    private static Path next(Path file) {
        return file.resolveSibling(file.getFileName() + ".next");
    }

    private static FileChannel lock(Path file) {
        Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
        FileChannel channel = null;
        try {
            channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                return channel;
            }
            channel.close();
        } catch (OverlappingFileLockException e) {
            close(channel);
        } catch (IOException e) {
            throw new IdentityException(Problem.UNREADABLE, lockFile, "cannot be made: " + e.getMessage());
        }
        throw new IdentityException(Problem.UNREADABLE, file, "is in use by another process");
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Stream.of(current(), next()).flatMap(Optional::stream).forEach(GroupShare::close);
        close(lock);
    }

    @Override
    public String toString() {
        return "GroupKeyStore[" + file + "]";
    }
}
