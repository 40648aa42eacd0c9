package io.veilflow.pipeline.flink;

import io.veilflow.pipeline.party.WindowOutcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;

/** Serializer of how windows ended. */
public final class WindowOutcomeSerializer extends BytesSerializer<WindowOutcome> {
    private static final long serialVersionUID = 1L;
    static final WindowOutcomeSerializer INSTANCE = new WindowOutcomeSerializer();

    @Override
    public WindowOutcome createInstance() {
        return WindowOutcome.proven(0);
    }

    @Override
    byte[] encode(WindowOutcome outcome) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(outcome.window());
            out.writeUTF(outcome.ending().name());
            out.writeUTF(outcome.reason());
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
        return bytes.toByteArray();
    }

    @Override
    WindowOutcome decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        return new WindowOutcome(in.readLong(), WindowOutcome.Ending.valueOf(in.readUTF()), in.readUTF());
    }

    @Override
    public TypeSerializerSnapshot<WindowOutcome> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Version 1 of the form. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<WindowOutcome> {
        public Snapshot() {
            super(WindowOutcomeSerializer::new);
        }
    }
}
