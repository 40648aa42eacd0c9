package io.veilflow.mpc.replicated;

import io.veilflow.mpc.field.Fr;
import io.veilflow.mpc.field.FrVector;
import io.veilflow.mpc.field.Int192;
import io.veilflow.mpc.randomness.PrssStream;

/**
 * RISS as contributors make it and holders read it (PROTOCOLS 3, 4.1): x_0 and x_1 are 159-bit integers drawn from a seed
 * each, x_2 = x - x_0 - x_1 stands on the wire. A component of a vector is flat words as in {@link Int192}; all of it is secret,
 * and no branch depends on a number. Privacy: one party's view of a 64-bit value is within 2^-95 of independent of it.
 */
public final class IntegerSharing {
    // in range by construction: components 0 and 1 travel as their seed
    private static final int MASK_BITS = 159;

    /** Bytes of one number of x_2: little-endian, two's complement. */
    public static final int LAST_BYTES = 21;

    private IntegerSharing() {}

    /** x_0 or x_1 from its seed of 16 bytes; in range by construction. */
    public static long[] expand(byte[] seed, int count) {
        long[] words = new long[count * Int192.WORDS];
        try (PrssStream stream = new PrssStream(seed)) {
            stream.integers(MASK_BITS, Int192.WORDS, words, 0, count);
        }
        return words;
    }

    /** x_2 on the wire; the bits above 168 are cut. */
    public static byte[] encodeLast(long[] words) {
        int count = words.length / Int192.WORDS;
        byte[] bytes = new byte[count * LAST_BYTES];
        for (int k = 0; k < count; k++) {
            for (int b = 0; b < LAST_BYTES; b++) {
                bytes[k * LAST_BYTES + b] = (byte) (words[k * Int192.WORDS + (b >>> 3)] >>> 8 * (b & 7));
            }
        }
        return bytes;
    }

    /**
     * The reverse of {@link #encodeLast}, sign-extended; ranges are for {@link #lastInRange}.
     *
     * @throws IllegalArgumentException if the length is no multiple of 21
     */
    public static long[] decodeLast(byte[] bytes) {
        if (bytes.length % LAST_BYTES != 0) {
            throw new IllegalArgumentException(bytes.length + " bytes are no whole components");
        }
        int count = bytes.length / LAST_BYTES;
        long[] words = new long[count * Int192.WORDS];
        for (int k = 0; k < count; k++) {
            for (int b = 0; b < LAST_BYTES; b++) {
                words[k * Int192.WORDS + (b >>> 3)] |= (bytes[k * LAST_BYTES + b] & 0xffL) << 8 * (b & 7);
            }
            int top = k * Int192.WORDS + 2;
            words[top] = words[top] << 24 >> 24;
        }
        return words;
    }

    /**
     * Whether -2^160 < x < 2^64 for every number of component 2. Without this check two holders could hold integers that agree
     * mod r and differ mod 2^l.
     */
    public static boolean lastInRange(long[] words) {
        long outside = 0;
        for (int at = 0; at < words.length; at += Int192.WORDS) {
            long high = words[at + 2];
            long negative = high >> 63;
            long tooLarge = ~negative & (high | words[at + 1]);
            long tooSmall = negative & ~(high >> 32);
            long fromLimit = (high ^ (-1L << 32)) | words[at + 1] | words[at];
            long exactlyLimit = ((fromLimit | -fromLimit) >>> 63) ^ 1;
            outside |= tooLarge | tooSmall | exactlyLimit;
        }
        return outside == 0;
    }

    /** The component mod r, {@link Fr#BYTES} bytes a number, as commitments take it. The caller wipes it. */
    public static byte[] scalars(long[] words) {
        return FrVector.encode(Int192.toFr(words));
    }
}
