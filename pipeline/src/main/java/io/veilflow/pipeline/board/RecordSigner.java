package io.veilflow.pipeline.board;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.encoding.Fields;
import io.veilflow.pipeline.wire.BoardRecord;

/** Makes the signed records of one writer of one job. */
public final class RecordSigner {
    private final ByteString configurationHash;
    private final String writer;
    private final MessageSigner key;

    /** @param configurationHash of the job, 32 bytes: a record counts in one job only */
    public RecordSigner(ByteString configurationHash, String writer, MessageSigner key) {
        if (configurationHash.size() != 32) {
            throw new IllegalArgumentException("a configuration hash has 32 bytes");
        }
        this.configurationHash = configurationHash;
        this.writer = writer;
        this.key = key;
    }

    public String writer() {
        return writer;
    }

    /** The record that stands in this place of the log. */
    public BoardRecord sign(long index, ByteString payload) {
        byte[] signature = key.sign(preimage(configurationHash, writer, index, payload));
        return BoardRecord.newBuilder()
                .setWriter(writer)
                .setIndex(index)
                .setPayload(payload)
                .setSignature(ByteString.copyFrom(signature))
                .build();
    }

    /** What the signature of a record is over (docs/wire.md, section 6). */
    static byte[] preimage(ByteString configurationHash, String writer, long index, ByteString payload) {
        return Fields.of(
                Fields.text("veilflow/record/1"),
                configurationHash.toByteArray(),
                Fields.text(writer),
                Fields.u64(index),
                payload.toByteArray());
    }
}
