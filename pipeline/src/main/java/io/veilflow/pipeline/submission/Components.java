package io.veilflow.pipeline.submission;

import io.veilflow.mpc.field.Int192;
import io.veilflow.mpc.randomness.PrssStream;
import io.veilflow.mpc.replicated.FrShares;
import io.veilflow.mpc.replicated.IntegerShares;

/**
 * One component of a book's numbers, as both ends of a submission handle it: {@code 3 * wires} little-endian words, three a
 * number, two's complement. All of it is secret. No branch depends on a number.
 */
public final class Components {
    private static final int WORD_BYTES = Long.BYTES;

    private Components() {}

    /** The component that a seed stands for (PROTOCOLS 4.1): {@value ComponentLayout#MASK_BITS} bits a number. */
    public static long[] expand(byte[] seed, int wires) {
        long[] words = new long[wires * Int192.WORDS];
        try (PrssStream stream = new PrssStream(seed)) {
            stream.integers(ComponentLayout.MASK_BITS, Int192.WORDS, words, 0, wires);
        }
        return words;
    }

    /** 21 bytes a number, little-endian; the bits above are cut. */
    public static byte[] encodeLast(long[] words) {
        int wires = words.length / Int192.WORDS;
        byte[] bytes = new byte[wires * ComponentLayout.LAST_COMPONENT_BYTES];
        for (int wire = 0; wire < wires; wire++) {
            for (int b = 0; b < ComponentLayout.LAST_COMPONENT_BYTES; b++) {
                long word = words[wire * Int192.WORDS + b / WORD_BYTES];
                bytes[wire * ComponentLayout.LAST_COMPONENT_BYTES + b] = (byte) (word >>> 8 * (b % WORD_BYTES));
            }
        }
        return bytes;
    }

    /** The reverse of {@link #encodeLast}: sign-extended to 192 bits. */
    public static long[] decodeLast(byte[] bytes) {
        int wires = bytes.length / ComponentLayout.LAST_COMPONENT_BYTES;
        long[] words = new long[wires * Int192.WORDS];
        int topShift = 8 * (Int192.WORDS * WORD_BYTES - ComponentLayout.LAST_COMPONENT_BYTES);
        for (int wire = 0; wire < wires; wire++) {
            for (int b = 0; b < ComponentLayout.LAST_COMPONENT_BYTES; b++) {
                long value = bytes[wire * ComponentLayout.LAST_COMPONENT_BYTES + b] & 0xffL;
                words[wire * Int192.WORDS + b / WORD_BYTES] |= value << 8 * (b % WORD_BYTES);
            }
            int top = wire * Int192.WORDS + Int192.WORDS - 1;
            words[top] = words[top] << topShift >> topShift;
        }
        return words;
    }

    /** Whether every number of component 2 lies in (-2^160, 2^64): the range that an honest contributor stays in. */
    public static boolean lastInRange(long[] words) {
        long outside = 0;
        for (int at = 0; at < words.length; at += Int192.WORDS) {
            long low = words[at];
            long middle = words[at + 1];
            long high = words[at + 2];
            long negative = high >> 63;
            long tooLarge = ~negative & (high | middle);
            long tooSmall = negative & ~(high >> 32);
            long fromLimit = (high ^ (-1L << 32)) | middle | low;
            long exactlyLimit = ((fromLimit | -fromLimit) >>> 63) ^ 1;
            outside |= tooLarge | tooSmall | exactlyLimit;
        }
        return outside == 0;
    }

    /** The component mod r, 32 bytes big-endian a number, as commitments take it. The caller wipes it. */
    public static byte[] scalars(long[] words) {
        FrShares reduced = new IntegerShares(words.length / Int192.WORDS, words, new long[words.length]).toFr();
        try {
            return reduced.ownBytes();
        } finally {
            reduced.wipe();
        }
    }
}
