package io.veilflow.pipeline.flink;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.party.CheckedEntry;
import io.veilflow.pipeline.wire.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Serializer of entries with what anyone's check came to. */
public final class CheckedEntrySerializer extends BytesSerializer<CheckedEntry> {
    private static final long serialVersionUID = 1L;
    static final CheckedEntrySerializer INSTANCE = new CheckedEntrySerializer();

    @Override
    public CheckedEntry createInstance() {
        return new CheckedEntry(BoardEntrySerializer.INSTANCE.createInstance(), 0, Reason.MALFORMED);
    }

    @Override
    byte[] encode(CheckedEntry checked) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            BoardEntrySerializer.write(checked.entry(), out);
            out.writeUInt64NoTag(checked.sequence());
            out.writeEnumNoTag(checked.reason().getNumber());
            out.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
        return bytes.toByteArray();
    }

    @Override
    CheckedEntry decode(byte[] bytes) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        BoardEntry entry = BoardEntrySerializer.read(in);
        long sequence = in.readUInt64();
        Reason reason = Reason.forNumber(in.readEnum());
        if (reason == null) {
            throw new IOException("an entry with an unknown reason");
        }
        return new CheckedEntry(entry, sequence, reason);
    }

    @Override
    public TypeSerializerSnapshot<CheckedEntry> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1 of the form. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<CheckedEntry> {
        public Snapshot() {
            super(CheckedEntrySerializer::new);
        }
    }
}
