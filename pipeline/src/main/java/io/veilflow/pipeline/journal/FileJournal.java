package io.veilflow.pipeline.journal;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.wire.UnitKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * The journal as one file: {@code u32 length || u32 complement of length || sealed entry || u32 CRC-32C} for each
 * entry, forced to disk before {@link #append} returns, chained by hash through the associated data of {@link JournalKey}. The file is locked while it
 * is open, so that a second process of the same party cannot start.
 *
 * <p>At opening all entries are read. An incomplete last entry is what a crash during {@code append} leaves: nothing that
 * depends on it was sent, and it is cut off. Anything else that does not fit is refused. A file that was cut at the end of
 * an entry cannot be told from an older one by this party alone; that needs the peers.
 */
public final class FileJournal implements Journal {
    private static final int ENTRY_BYTES_MAX = 8 << 20;
    private static final int HEADER_BYTES = 8;
    private static final int CHECKSUM_BYTES = 4;

    private final Path file;
    private final JournalKey key;
    private final FileChannel channel;
    private final List<JournalEntry> found = new ArrayList<>();
    private final Map<Unit, Integer> attempts = new HashMap<>();
    private final Map<Unit, ByteString> outputs = new HashMap<>();
    private long largestEpoch;
    private byte[] head;
    private boolean broken;

    private record Unit(UnitKind kind, long id) {}

    /**
     * Opens the file or begins a new one, readable by its owner only.
     *
     * @param context what the journal belongs to: configuration hash and party; a journal of something else is refused
     * @param key closed together with the journal
     * @throws JournalException if it is open elsewhere, changed, or not readable
     */
    public FileJournal(Path file, byte[] context, JournalKey key) {
        this(file, open(file), context, key);
    }

    /**
     * The same on a channel that is open already.
     *
     * @param file names it to people
     * @param channel closed together with the journal
     */
    public FileJournal(Path file, FileChannel channel, byte[] context, JournalKey key) {
        this.file = file;
        this.key = key;
        this.head = Hashes.sha256Fields("veilflow/journal/1", context);
        this.channel = channel;
        try {
            lock();
            readAll();
        } catch (IOException failed) {
            closeQuietly();
            throw new JournalException("journal " + file + " cannot be read", failed);
        } catch (RuntimeException refused) {
            closeQuietly();
            throw refused;
        }
    }

    /** The entries that stood in the file when it was opened, in order. */
    public List<JournalEntry> found() {
        return List.copyOf(found);
    }

    @Override
    public synchronized void append(JournalEntry entry) {
        if (broken) {
            throw new JournalException("journal " + file + " failed before and takes no entry");
        }
        byte[] sealed = key.seal(head, entry.bytes());
        if (sealed.length > ENTRY_BYTES_MAX) {
            throw new IllegalArgumentException("journal entry of " + sealed.length + " bytes");
        }
        ByteBuffer frame = ByteBuffer.allocate(HEADER_BYTES + sealed.length + CHECKSUM_BYTES)
                .putInt(sealed.length)
                .putInt(~sealed.length)
                .put(sealed)
                .putInt(checksum(sealed))
                .flip();
        try {
            while (frame.hasRemaining()) {
                channel.write(frame);
            }
            channel.force(false);
        } catch (IOException failed) {
            broken = true;
            throw new JournalException("journal " + file + " cannot be written", failed);
        }
        account(entry, sealed);
    }

    @Override
    public synchronized long largestEpoch() {
        return largestEpoch;
    }

    @Override
    public synchronized int largestAttempt(UnitKind kind, long id) {
        return attempts.getOrDefault(new Unit(kind, id), 0);
    }

    @Override
    public synchronized Optional<ByteString> outputs(UnitKind kind, long id) {
        return Optional.ofNullable(outputs.get(new Unit(kind, id)));
    }

    @Override
    public synchronized void close() {
        broken = true;
        closeQuietly();
    }

    private static FileChannel open(Path file) {
        try {
            return FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException failed) {
            throw new JournalException("journal " + file + " cannot be opened", failed);
        }
    }

    private void lock() throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException here) {
            lock = null;
        }
        if (lock == null) {
            throw new JournalException("journal " + file + " is in use: this party is running already");
        }
    }

    private void readAll() throws IOException {
        ByteBuffer in = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        while (in.hasRemaining() && channel.read(in, in.position()) >= 0) {
            // to the end of the file
        }
        in.flip();
        int complete = 0;
        while (in.remaining() >= HEADER_BYTES) {
            int length = in.getInt();
            if (in.getInt() != ~length || length < 0 || length > ENTRY_BYTES_MAX) {
                throw new JournalException("journal " + file + ": entry " + found.size() + " has no valid length");
            }
            if (in.remaining() < length + CHECKSUM_BYTES) {
                break;
            }
            byte[] sealed = new byte[length];
            in.get(sealed);
            if (in.getInt() != checksum(sealed)) {
                throw new JournalException("journal " + file + ": entry " + found.size() + " has a wrong checksum");
            }
            JournalEntry entry = JournalEntry.read(key.open(head, sealed));
            account(entry, sealed);
            found.add(entry);
            complete = in.position();
        }
        channel.truncate(complete);
        channel.position(complete);
        channel.force(true);
    }

    private void account(JournalEntry entry, byte[] sealed) {
        head = Hashes.sha256Fields("veilflow/journal-head/1", head, sealed);
        switch (entry.type()) {
            case EPOCH -> largestEpoch = Math.max(largestEpoch, entry.id());
            case ATTEMPT -> attempts.merge(new Unit(entry.kind(), entry.id()), entry.number(), Math::max);
            case OUTPUTS -> outputs.putIfAbsent(new Unit(entry.kind(), entry.id()), entry.content());
            case ACCEPT_LIST,
                    MANIFEST,
                    BATCH_OUTCOME,
                    RESULT,
                    SIGNATURE,
                    TRANSACTION,
                    OUTPUT_READY,
                    OUTPUT_OPENING,
                    TRANSCRIPT,
                    SKIP,
                    OUTPUT_ABORT,
                    GROUP_SIGNATURE -> {}
        }
    }

    private static int checksum(byte[] sealed) {
        CRC32C checksum = new CRC32C();
        checksum.update(sealed);
        return (int) checksum.getValue();
    }

    private void closeQuietly() {
        key.close();
        try {
            channel.close();
        } catch (IOException ignored) {
            // every entry was forced to disk when it was appended
            broken = true;
        }
    }
}
