package io.veilflow.pipeline.board;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One log as a reader sees it: {@code u32 length || BoardRecord || u32 CRC-32C} again and again. Keeps where each record
 * ends and the head after it, 40 bytes a record, and reads records from the file when they are asked for.
 */
final class LogFile implements AutoCloseable {
    static final int RECORD_BYTES_MAX = 4 << 20;
    static final int FRAMING_BYTES = 8;

    private final String writer;
    private final Path file;
    private final RecordPlaces places = new RecordPlaces();
    private FileChannel channel;
    private BoardException damage;

    LogFile(String writer, Path file) {
        this.writer = writer;
        this.file = file;
    }

    /** The bytes of one record with its framing. */
    static ByteBuffer frame(ByteString record) {
        ByteBuffer frame = ByteBuffer.allocate(record.size() + FRAMING_BYTES);
        frame.putInt(record.size());
        record.copyTo(frame);
        frame.putInt(checksum(record.toByteArray()));
        return frame.flip();
    }

    synchronized long size() {
        advance();
        return places.size();
    }

    synchronized Optional<BoardEntry> read(long index) {
        if (index < 0) {
            throw new IllegalArgumentException("record " + index);
        }
        if (index >= places.size()) {
            advance();
        }
        if (index >= places.size()) {
            if (damage != null) {
                throw damage;
            }
            return Optional.empty();
        }
        int before = (int) index;
        long begin = places.end(before);
        int length = (int) (places.end(before + 1) - begin) - FRAMING_BYTES;
        ByteString record = ByteString.copyFrom(bytes(begin + Integer.BYTES, length));
        BoardEntry entry = BoardEntry.after(places.head(before), writer, index, record);
        if (!entry.head().equals(places.head(before + 1))) {
            throw damaged(index, "has changed since it was read first");
        }
        return Optional.of(entry);
    }

    synchronized ByteString head(long records) {
        if (records > places.size()) {
            advance();
        }
        if (records < 0 || records > places.size()) {
            throw new IllegalArgumentException(
                    "head of " + writer + " after " + records + " of " + places.size() + " records");
        }
        return places.head((int) records);
    }

    /** Bytes after the last complete record: a record that is being written or whose writer died over it. */
    synchronized long trailingBytes() {
        advance();
        try {
            return channel == null ? 0 : channel.size() - places.end();
        } catch (IOException failure) {
            throw new BoardException(writer, failure);
        }
    }

    /** Where the next record begins. */
    synchronized long end() {
        advance();
        return places.end();
    }

    /** @throws BoardException DAMAGED if the log is */
    synchronized void requireWhole() {
        advance();
        if (damage != null) {
            throw damage;
        }
    }

    @Override
    public synchronized void close() {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException failure) {
                throw new BoardException(writer, failure);
            }
        }
    }

    private void advance() {
        try {
            if (open()) {
                scan(channel.size());
            }
        } catch (IOException failure) {
            throw new BoardException(writer, failure);
        }
    }

    private boolean open() throws IOException {
        if (channel == null) {
            try {
                channel = FileChannel.open(file, StandardOpenOption.READ);
            } catch (NoSuchFileException nothingWrittenYet) {
                return false;
            }
        }
        return true;
    }

    private void scan(long fileSize) {
        if (damage == null && fileSize < places.end()) {
            damage = damaged(places.size(), "is gone: the file has become shorter");
        }
        while (damage == null && fileSize - places.end() >= Integer.BYTES) {
            long end = places.end();
            int length = ByteBuffer.wrap(bytes(end, Integer.BYTES)).getInt();
            if (length <= 0 || length > RECORD_BYTES_MAX) {
                damage = damaged(places.size(), "claims a length of " + Integer.toUnsignedString(length) + " bytes");
                return;
            }
            long after = end + length + FRAMING_BYTES;
            if (after > fileSize) {
                return;
            }
            byte[] frame = bytes(end + Integer.BYTES, length + Integer.BYTES);
            ByteString record = ByteString.copyFrom(frame, 0, length);
            if (checksum(record.toByteArray())
                    != ByteBuffer.wrap(frame, length, Integer.BYTES).getInt()) {
                if (after < fileSize) {
                    damage = damaged(places.size(), "does not match its checksum");
                }
                return;
            }
            places.add(
                    after,
                    BoardEntry.after(places.head(places.size()), writer, places.size(), record)
                            .head());
        }
    }

    private byte[] bytes(long offset, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        try {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, offset + bytes.position()) < 0) {
                    throw damaged(places.size(), "ends too early: the file has become shorter");
                }
            }
        } catch (IOException failure) {
            throw new BoardException(writer, failure);
        }
        return bytes.array();
    }

    private BoardException damaged(long index, String what) {
        return new BoardException(BoardException.Reason.DAMAGED, writer, file + ": record " + index + " " + what);
    }

    private static int checksum(byte[] record) {
        CRC32C checksum = new CRC32C();
        checksum.update(record);
        return (int) checksum.getValue();
    }
}
