package io.veilflow.mpc.field;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Boolean words on the wire: 8 bytes little-endian each. */
public final class Words {
    private Words() {}

    public static byte[] encode(long[] words) {
        byte[] out = new byte[words.length * Long.BYTES];
        ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().put(words);
        return out;
    }

    /** @throws IllegalArgumentException if the length is no multiple of 8 */
    public static long[] decode(byte[] in) {
        if (in.length % Long.BYTES != 0) {
            throw new IllegalArgumentException(in.length + " bytes are no whole words");
        }
        long[] out = new long[in.length / Long.BYTES];
        ByteBuffer.wrap(in).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(out);
        return out;
    }
}
