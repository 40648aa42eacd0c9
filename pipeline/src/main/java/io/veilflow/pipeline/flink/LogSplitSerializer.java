package io.veilflow.pipeline.flink;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Version 1: name, next, stop. */
final class LogSplitSerializer implements SimpleVersionedSerializer<LogSplit> {
    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(LogSplit split) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF(split.writer());
        out.writeLong(split.next());
        out.writeLong(split.stop());
        return bytes.toByteArray();
    }

    @Override
    public LogSplit deserialize(int version, byte[] serialized) throws IOException {
        requireReadable(version);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
        return new LogSplit(in.readUTF(), in.readLong(), in.readLong());
    }

    /** @throws IOException if another program wrote the state */
    void requireReadable(int version) throws IOException {
        if (version != VERSION) {
            throw new IOException("a log's position of version " + version + ", this program reads " + VERSION);
        }
    }
}
