package io.veilflow.pipeline.flink;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Base of the serializers of immutable records: u32 length, then one definite byte string. */
abstract class BytesSerializer<T> extends TypeSerializerSingleton<T> {
    private static final long serialVersionUID = 1L;
    /** A board record has at most 4 MiB. */
    private static final int BYTES_MAX = 5 << 20;

    abstract byte[] encode(T value);

    abstract T decode(byte[] bytes) throws IOException;

    @Override
    public final boolean isImmutableType() {
        return true;
    }

    @Override
    public final T copy(T from) {
        return from;
    }

    @Override
    public final T copy(T from, T reuse) {
        return from;
    }

    @Override
    public final int getLength() {
        return -1;
    }

    @Override
    public final void serialize(T value, DataOutputView target) throws IOException {
        byte[] bytes = encode(value);
        target.writeInt(bytes.length);
        target.write(bytes);
    }

    @Override
    public final T deserialize(DataInputView source) throws IOException {
        int length = source.readInt();
        if (length < 0 || length > BYTES_MAX) {
            throw new IOException("a record of " + length + " bytes");
        }
        byte[] bytes = new byte[length];
        source.readFully(bytes);
        return decode(bytes);
    }

    @Override
    public final T deserialize(T reuse, DataInputView source) throws IOException {
        return deserialize(source);
    }

    @Override
    public final void copy(DataInputView source, DataOutputView target) throws IOException {
        int length = source.readInt();
        target.writeInt(length);
        target.write(source, length);
    }
}
