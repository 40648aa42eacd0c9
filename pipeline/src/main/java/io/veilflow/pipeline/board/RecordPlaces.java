package io.veilflow.pipeline.board;

import com.google.protobuf.ByteString;
import java.util.Arrays;

/** Where the records of one log end, and the head after each: 40 bytes a record, since a log may have very many. Not thread-safe. */
final class RecordPlaces {
    private static final int HEAD_BYTES = BoardEntry.EMPTY_HEAD.size();
    private static final int FIRST_ROOM = 8;

    private long[] ends = new long[FIRST_ROOM];
    private byte[] heads = new byte[FIRST_ROOM * HEAD_BYTES];
    private int size;

    int size() {
        return size;
    }

    /**
     * The next record.
     *
     * @param end offset behind it
     * @param head of the log after it, 32 bytes
     */
    void add(long end, ByteString head) {
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, 2 * size);
            heads = Arrays.copyOf(heads, 2 * size * HEAD_BYTES);
        }
        ends[size] = end;
        head.copyTo(heads, size * HEAD_BYTES);
        size++;
    }

    /** Offset behind the last record. */
    long end() {
        return end(size);
    }

    /** Offset behind the first {@code records}. */
    long end(int records) {
        return records == 0 ? 0 : ends[records - 1];
    }

    /** Head of the log after its first {@code records}. */
    ByteString head(int records) {
        return records == 0
                ? BoardEntry.EMPTY_HEAD
                : ByteString.copyFrom(heads, (records - 1) * HEAD_BYTES, HEAD_BYTES);
    }
}
