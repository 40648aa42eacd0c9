package io.veilflow.pipeline.board;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.wire.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * Appends to one log file. The lock is on a file of its own: closing any reader's handle of a locked file would give the
 * lock up. What a writer that died left behind after the last complete record is kept aside in
 * {@code NAME.torn-OFFSET}, never destroyed.
 */
final class FileBoardWriter implements BoardWriter {
    private final RecordSigner signer;
    private final LogFile log;
    private final FileChannel channel;
    private final FileChannel lock;
    private final Consumer<String> onClose;
    private boolean closed;

    private FileBoardWriter(
            RecordSigner signer, LogFile log, FileChannel channel, FileChannel lock, Consumer<String> onClose) {
        this.signer = signer;
        this.log = log;
        this.channel = channel;
        this.lock = lock;
        this.onClose = onClose;
    }

    static FileBoardWriter open(RecordSigner signer, LogFile log, Path file, Path lockFile, Consumer<String> onClose) {
        String name = signer.writer();
        try {
            FileChannel lock = lock(name, lockFile);
            try {
                log.requireWhole();
                FileChannel channel = FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
                setTornRecordAside(log, file, channel);
                return new FileBoardWriter(signer, log, channel, lock, onClose);
            } catch (IOException | BoardException failure) {
                lock.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw new BoardException(name, failure);
        }
    }

    @Override
    public String name() {
        return signer.writer();
    }

    @Override
    public synchronized BoardEntry append(Payload payload) {
        if (closed) {
            throw new IllegalStateException("the writer of " + name() + " is closed");
        }
        long index = log.size();
        ByteString record = signer.sign(index, payload.toByteString()).toByteString();
        if (record.size() > LogFile.RECORD_BYTES_MAX) {
            throw new BoardException(
                    BoardException.Reason.TOO_LARGE, name(), "a record of " + record.size() + " bytes");
        }
        long end = log.end();
        try {
            write(LogFile.frame(record), end);
            channel.force(false);
        } catch (IOException failure) {
            undo(end, failure);
            throw new BoardException(name(), failure);
        }
        return log.read(index).orElseThrow(() -> new IllegalStateException("an appended record can be read"));
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        onClose.accept(name());
        try (lock) {
            channel.close();
        } catch (IOException failure) {
            throw new BoardException(name(), failure);
        }
    }

    private void write(ByteBuffer frame, long offset) throws IOException {
        while (frame.hasRemaining()) {
            channel.write(frame, offset + frame.position());
        }
    }

    private void undo(long end, IOException failure) {
        try {
            channel.truncate(end);
        } catch (IOException second) {
            failure.addSuppressed(second);
        }
    }

    private static FileChannel lock(String name, Path lockFile) throws IOException {
        FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held;
        try {
            held = channel.tryLock();
        } catch (OverlappingFileLockException inThisProcess) {
            held = null;
        }
        if (held == null) {
            channel.close();
            throw new BoardException(BoardException.Reason.LOCKED, name, "somebody else writes it");
        }
        return channel;
    }

    private static void setTornRecordAside(LogFile log, Path file, FileChannel channel) throws IOException {
        long end = log.end();
        long torn = channel.size() - end;
        if (torn == 0) {
            return;
        }
        Path aside = file.resolveSibling(file.getFileName().toString().replaceFirst("[.]log$", ".torn-" + end));
        Files.deleteIfExists(aside);
        try (FileChannel copy = FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long copied = 0;
            while (copied < torn) {
                copied += channel.transferTo(end + copied, torn - copied, copy);
            }
            copy.force(true);
        }
        channel.truncate(end);
        channel.force(true);
    }
}
