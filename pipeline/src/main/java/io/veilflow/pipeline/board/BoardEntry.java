package io.veilflow.pipeline.board;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.encoding.Hashes;

/**
 * One record as it lies in a log: bytes of which nothing is known yet but their place. {@link RecordVerifier} says
 * whether they are a record of this writer.
 *
 * @param writer whose log it is
 * @param index from 0
 * @param record bytes of the {@code BoardRecord}
 * @param head of the log after this record, 32 bytes
 */
public record BoardEntry(String writer, long index, ByteString record, ByteString head) {
    /** Head of an empty log. */
    public static final ByteString EMPTY_HEAD = ByteString.copyFrom(new byte[32]);

    /** The entry that these bytes are after a log's head so far. */
    public static BoardEntry after(ByteString headBefore, String writer, long index, ByteString record) {
        byte[] head =
                Hashes.sha256Fields("veilflow/head/1", headBefore.toByteArray(), Hashes.sha256(record.toByteArray()));
        return new BoardEntry(writer, index, record, ByteString.copyFrom(head));
    }

    /** {@code SHA} of the record's bytes; of a submission, the submission hash. */
    public ByteString recordHash() {
        return ByteString.copyFrom(Hashes.sha256(record.toByteArray()));
    }

    /** Names this record in messages to people. */
    public String place() {
        return "record " + index + " of " + writer;
    }
}
