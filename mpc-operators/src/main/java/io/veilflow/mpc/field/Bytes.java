package io.veilflow.mpc.field;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Words of byte arrays in the two byte orders of the wire. */
public final class Bytes {
    private static final VarHandle LITTLE = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle BIG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Bytes() {}

    public static long longLittleEndian(byte[] in, int at) {
        return (long) LITTLE.get(in, at);
    }

    public static long longBigEndian(byte[] in, int at) {
        return (long) BIG.get(in, at);
    }

    public static void putLongLittleEndian(long value, byte[] out, int at) {
        LITTLE.set(out, at, value);
    }

    public static void putLongBigEndian(long value, byte[] out, int at) {
        BIG.set(out, at, value);
    }
}
