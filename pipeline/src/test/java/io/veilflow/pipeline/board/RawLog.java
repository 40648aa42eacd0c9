package io.veilflow.pipeline.board;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.wire.Payload;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A log as a cheater writes it: whatever bytes it likes, in whole frames so that the board shows them. */
public final class RawLog {
    private final Path file;
    private long records;

    public RawLog(Path board, String writer) {
        this.file = board.resolve(writer + ".log");
    }

    /** Appends any bytes as the next record and returns its index. */
    public long append(ByteString record) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            channel.write(LogFile.frame(record));
        }
        return records++;
    }

    /** Appends a payload signed for its place, by whatever key the signer has. */
    public long append(RecordSigner signer, Payload payload) throws IOException {
        return append(signer.sign(records, payload.toByteString()).toByteString());
    }
}
