package io.veilflow.pipeline.board;

import io.veilflow.pipeline.wire.BoardRecord;
import java.nio.ByteBuffer;

/** Records as they lie in a log file, for those who append what was signed elsewhere or earlier. */
public final class RecordFrames {
    private RecordFrames() {}

    /** @param record signed for its place */
    public static byte[] of(BoardRecord record) {
        ByteBuffer frame = LogFile.frame(record.toByteString());
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }
}
