package io.veilflow.pipeline.board;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One log as a reader sees it: {@code u32 length || BoardRecord || u32 CRC-32C} again and again. Keeps where each record
 * lies and the head after it, 48 bytes or so a record, and reads records from the file when they are asked for.
 */
final class LogFile implements AutoCloseable {
    static final int RECORD_BYTES_MAX = 4 << 20;
    static final int FRAMING_BYTES = 8;

    private record Place(long offset, int length, ByteString headBefore) {}

    private final String writer;
    private final Path file;
    private final List<Place> places = new ArrayList<>();
    private FileChannel channel;
    private ByteString head = BoardEntry.EMPTY_HEAD;
    private long end;
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
        Place place = places.get((int) index);
        ByteString record = ByteString.copyFrom(bytes(place.offset + Integer.BYTES, place.length));
        BoardEntry entry = BoardEntry.after(place.headBefore, writer, index, record);
        if (!entry.head().equals(headAfter((int) index))) {
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
        return records == 0 ? BoardEntry.EMPTY_HEAD : headAfter((int) records - 1);
    }

    /** Bytes after the last complete record: a record that is being written or whose writer died over it. */
    synchronized long trailingBytes() {
        advance();
        try {
            return channel == null ? 0 : channel.size() - end;
        } catch (IOException failure) {
            throw new BoardException(writer, failure);
        }
    }

    /** Where the next record begins. */
    synchronized long end() {
        advance();
        return end;
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
        if (damage == null && fileSize < end) {
            damage = damaged(places.size(), "is gone: the file has become shorter");
        }
        while (damage == null && fileSize - end >= Integer.BYTES) {
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
            places.add(new Place(end, length, head));
            head = BoardEntry.after(head, writer, places.size() - 1L, record).head();
            end = after;
        }
    }

    private ByteString headAfter(int index) {
        return index + 1 < places.size() ? places.get(index + 1).headBefore : head;
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
