package io.veilflow.mpc.replicated;

import io.veilflow.mpc.field.Int192;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssStream;

/**
 * RISS as contributors make it and holders read it (PROTOCOLS 3, 4.1): x_0 and x_1 are 159-bit integers from a seed each, x_2 = x
 * - x_0 - x_1 stands on the wire, 21 bytes two's complement little-endian. Components are flat words as in {@link Int192}.
 * Privacy: one party's view of one value is within 2^-95 of independent of it.
 */
public final class IntegerSharing {
    /** Bytes of x_2 on the wire. */
    public static final int THIRD_BYTES = 21;

    private static final int MASK_BITS = 159;

    private IntegerSharing() {}

    /** x_0 or x_1 from its seed; in range by construction. */
    public static long[] expand(byte[] seed, int count) {
        long[] out = new long[count * Int192.WORDS];
        try (PrssStream stream = new PrssStream(seed)) {
            stream.integers(MASK_BITS, Int192.WORDS, out, 0, count);
        }
        return out;
    }

    /**
     * x_2 on the wire.
     *
     * @param values unsigned 64-bit
     */
    public static byte[] third(long[] values, byte[] seed0, byte[] seed1) {
        long[] x0 = expand(seed0, values.length);
        long[] x1 = expand(seed1, values.length);
        byte[] out = new byte[values.length * THIRD_BYTES];
        long[] x2 = new long[Int192.WORDS];
        for (int k = 0; k < values.length; k++) {
            x2[0] = values[k];
            x2[1] = 0;
            x2[2] = 0;
            Int192.sub(x2, 0, x0, k * Int192.WORDS, x2, 0);
            Int192.sub(x2, 0, x1, k * Int192.WORDS, x2, 0);
            for (int b = 0; b < THIRD_BYTES; b++) {
                out[k * THIRD_BYTES + b] = (byte) (x2[b >>> 3] >>> (8 * (b & 7)));
            }
        }
        return out;
    }

    /**
     * Reads x_2 and checks -2^160 < x_2 < 2^64.
     *
     * @throws ComponentOutOfRangeException naming the value
     * @throws IllegalArgumentException for a wrong length
     */
    public static long[] decodeThird(byte[] in, int count) {
        if (in.length != Math.multiplyExact(count, THIRD_BYTES)) {
            throw new IllegalArgumentException(in.length + " bytes for " + count + " values");
        }
        long[] out = new long[count * Int192.WORDS];
        for (int k = 0; k < count; k++) {
            int at = k * Int192.WORDS;
            for (int b = 0; b < THIRD_BYTES; b++) {
                out[at + (b >>> 3)] |= (in[k * THIRD_BYTES + b] & 0xffL) << (8 * (b & 7));
            }
            out[at + 2] = out[at + 2] << 24 >> 24;
            if (!inRange(2, out, at)) {
                throw new ComponentOutOfRangeException(2, k);
            }
        }
        return out;
    }

    /** The integer range of a component; words from {@code at} on. Components are uniform, so branches tell nothing. */
    public static boolean inRange(int component, long[] words, int at) {
        long high = words[at + 2];
        if (component == 2) {
            boolean belowTop = high < 0 || (high == 0 && words[at + 1] == 0);
            long lowest = -(1L << 32);
            boolean aboveBottom = high > lowest || (high == lowest && (words[at] | words[at + 1]) != 0);
            return belowTop && aboveBottom;
        }
        return high >= 0 && high < 1L << (MASK_BITS - 128);
    }

    /** This party's two components out of all three. */
    public static IntegerShares view(PartyId self, int count, long[][] components) {
        return new IntegerShares(
                count, components[self.index()], components[self.next().index()]);
    }
}
