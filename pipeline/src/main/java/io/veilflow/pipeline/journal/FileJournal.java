package io.veilflow.pipeline.journal;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.wire.UnitKind;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/**
 * The journal as one file: {@code u32 length || u32 complement of length || sealed entry || u32 CRC-32C} for each
 * entry, forced to disk before {@link #append} returns, chained by hash through the associated data of {@link JournalKey}. The file is locked while it
 * is open, so that a second process of the same party cannot start.
 *
 * <p>At opening all entries are read; kept in memory is where they stand, their contents are read again when they are asked for. An incomplete last entry is what a crash during {@code append} leaves: nothing that
 * depends on it was sent, and it is cut off. Anything else that does not fit is refused. A file that was cut at the end of
 * an entry cannot be told from an older one by this party alone; that needs the peers ({@code party.PeerHeads}).
 */
public final class FileJournal implements Journal {
    private static final int ENTRY_BYTES_MAX = 8 << 20;
    private static final int HEADER_BYTES = 8;
    private static final int CHECKSUM_BYTES = 4;

    private final Path file;
    private final JournalKey key;
    private final FileChannel channel;
    private final EntryIndex index = new EntryIndex();
    /** By the number of entries before it; the arrays are the index's too. */
    private final List<byte[]> heads = new ArrayList<>();

    private long largestEpoch;
    private long end;
    private byte[] head;
    private boolean broken;

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

    /** @param channel of the file, which a test may let fail */
    public FileJournal(Path file, FileChannel channel, byte[] context, JournalKey key) {
        this.file = file;
        this.key = key;
        this.head = Hashes.sha256Fields("veilflow/journal/1", context);
        heads.add(head);
        this.channel = channel;
        try {
            lock();
            readAll();
        } catch (IOException | NonWritableChannelException failed) {
            closeQuietly();
            throw new JournalException("journal " + file + " cannot be read and written", failed);
        } catch (RuntimeException refused) {
            closeQuietly();
            throw refused;
        }
    }

    /** Length of the file up to its last entry. */
    public synchronized long bytes() {
        return end;
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
                channel.write(frame, end + frame.position());
            }
            channel.force(false);
        } catch (IOException failed) {
            broken = true;
            throw new JournalException("journal " + file + " cannot be written: " + failed.getMessage(), failed);
        }
        account(entry, sealed);
    }

    @Override
    public synchronized long largestEpoch() {
        return largestEpoch;
    }

    @Override
    public synchronized int largestAttempt(UnitKind kind, long id) {
        NavigableSet<Integer> numbers = index.numbers(JournalEntry.Type.ATTEMPT, kind, id);
        return numbers.isEmpty() ? 0 : numbers.last();
    }

    @Override
    public synchronized Optional<ByteString> outputs(UnitKind kind, long id) {
        NavigableSet<Integer> attempts = index.numbers(JournalEntry.Type.OUTPUTS, kind, id);
        return attempts.isEmpty() ? Optional.empty() : content(JournalEntry.Type.OUTPUTS, kind, id, attempts.first());
    }

    @Override
    public synchronized Optional<ByteString> content(JournalEntry.Type type, UnitKind kind, long id, int number) {
        return index.first(type, kind, id, number).map(this::read).map(JournalEntry::content);
    }

    @Override
    public synchronized NavigableSet<Integer> numbers(JournalEntry.Type type, UnitKind kind, long id) {
        return new TreeSet<>(index.numbers(type, kind, id));
    }

    @Override
    public synchronized Optional<JournalEntry> last(JournalEntry.Type type) {
        return index.last(type).map(this::read);
    }

    @Override
    public synchronized long count(JournalEntry.Type type) {
        return index.count(type);
    }

    @Override
    public synchronized JournalHead head() {
        return headBehind(entries()).orElseThrow();
    }

    @Override
    public synchronized Optional<JournalHead> headBehind(long entries) {
        return entries < 0 || entries > entries()
                ? Optional.empty()
                : Optional.of(new JournalHead(entries, ByteString.copyFrom(heads.get((int) entries))));
    }

    private int entries() {
        return heads.size() - 1;
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
        long size = channel.size();
        while (size - end >= HEADER_BYTES) {
            ByteBuffer header = read(end, HEADER_BYTES);
            int length = header.getInt();
            if (header.getInt() != ~length || length < 0 || length > ENTRY_BYTES_MAX) {
                throw new JournalException("journal " + file + ": entry " + entries() + " has no valid length");
            }
            if (size - end - HEADER_BYTES < length + CHECKSUM_BYTES) {
                break;
            }
            byte[] sealed = new byte[length];
            ByteBuffer body = read(end + HEADER_BYTES, length + CHECKSUM_BYTES).get(sealed);
            if (body.getInt() != checksum(sealed)) {
                throw new JournalException("journal " + file + ": entry " + entries() + " has a wrong checksum");
            }
            account(JournalEntry.read(key.open(head, sealed)), sealed);
        }
        channel.truncate(end);
        channel.force(true);
    }

    /** An entry that was accounted for. */
    private JournalEntry read(EntryIndex.Place place) {
        if (broken) {
            throw new JournalException("journal " + file + " failed before and is not read");
        }
        try {
            byte[] sealed = read(place.offset(), place.length()).array();
            return JournalEntry.read(key.open(place.headBefore(), sealed));
        } catch (IOException failed) {
            throw new JournalException("journal " + file + " cannot be read: " + failed.getMessage(), failed);
        }
    }

    private ByteBuffer read(long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, offset + bytes.position()) < 0) {
                throw new EOFException("the file ends within an entry");
            }
        }
        return bytes.flip();
    }

    private void account(JournalEntry entry, byte[] sealed) {
        index.add(entry, new EntryIndex.Place(end + HEADER_BYTES, sealed.length, head));
        if (entry.type() == JournalEntry.Type.EPOCH) {
            largestEpoch = Math.max(largestEpoch, entry.id());
        }
        head = Hashes.sha256Fields("veilflow/journal-head/1", head, sealed);
        heads.add(head);
        end += HEADER_BYTES + sealed.length + CHECKSUM_BYTES;
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
