package io.veilflow.pipeline.flink;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Version 1: count, then every split with its length. */
final class LogSplitsSerializer implements SimpleVersionedSerializer<LogSplits> {
    private final LogSplitSerializer splits = new LogSplitSerializer();

    @Override
    public int getVersion() {
        return splits.getVersion();
    }

    @Override
    public byte[] serialize(LogSplits logs) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(logs.unassigned().size());
        for (LogSplit split : logs.unassigned()) {
            byte[] one = splits.serialize(split);
            out.writeInt(one.length);
            out.write(one);
        }
        return bytes.toByteArray();
    }

    @Override
    public LogSplits deserialize(int version, byte[] serialized) throws IOException {
        splits.requireReadable(version);
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(serialized));
        List<LogSplit> logs = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            logs.add(splits.deserialize(version, in.readNBytes(in.readInt())));
        }
        return new LogSplits(logs);
    }
}
