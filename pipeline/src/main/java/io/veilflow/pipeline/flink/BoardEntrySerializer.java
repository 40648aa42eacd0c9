package io.veilflow.pipeline.flink;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.veilflow.pipeline.board.BoardEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Serializer of entries as they lie in the logs. */
public final class BoardEntrySerializer extends BytesSerializer<BoardEntry> {
    private static final long serialVersionUID = 1L;
    static final BoardEntrySerializer INSTANCE = new BoardEntrySerializer();

    @Override
    public BoardEntry createInstance() {
        return new BoardEntry("", 0, ByteString.EMPTY, BoardEntry.EMPTY_HEAD);
    }

    @Override
    byte[] encode(BoardEntry entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            write(entry, out);
            out.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
        return bytes.toByteArray();
    }

    @Override
    BoardEntry decode(byte[] bytes) throws IOException {
        return read(CodedInputStream.newInstance(bytes));
    }

    static void write(BoardEntry entry, CodedOutputStream out) throws IOException {
        out.writeStringNoTag(entry.writer());
        out.writeUInt64NoTag(entry.index());
        out.writeBytesNoTag(entry.record());
        out.writeBytesNoTag(entry.head());
    }

    static BoardEntry read(CodedInputStream in) throws IOException {
        return new BoardEntry(in.readString(), in.readUInt64(), in.readBytes(), in.readBytes());
    }

    @Override
    public TypeSerializerSnapshot<BoardEntry> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1 of the form. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<BoardEntry> {
        public Snapshot() {
            super(BoardEntrySerializer::new);
        }
    }
}
