package io.veilflow.mpc.bits;

/**
 * Between numbers in lanes and bit planes. A plane of n lanes has ceil(n/64) words; lane k is bit k mod 64 of word k div 64;
 * planes follow one another, lowest bit first. No branch depends on a value.
 */
public final class Planes {
    private Planes() {}

    /** Words of one plane. */
    public static int wordsOf(int lanes) {
        return (lanes + 63) >>> 6;
    }

    /**
     * The lowest {@code planes} bits of {@code lanes} numbers.
     *
     * @param numbers flat, {@code words} little-endian words each
     */
    public static long[] fromNumbers(long[] numbers, int words, int lanes, int planes) {
        int planeWords = wordsOf(lanes);
        long[] out = new long[planes * planeWords];
        long[] block = new long[64];
        for (int group = 0; group < planeWords; group++) {
            int filled = Math.min(64, lanes - 64 * group);
            for (int word = 0; word * 64 < planes; word++) {
                for (int k = 0; k < 64; k++) {
                    block[k] = k < filled ? numbers[(64 * group + k) * words + word] : 0;
                }
                int wanted = Math.min(64, planes - 64 * word);
                if (wanted == 1) {
                    // often: the sign alone in the last word
                    out[64 * word * planeWords + group] = lowestBits(block);
                    continue;
                }
                transpose(block);
                for (int bit = 0; bit < wanted; bit++) {
                    out[(64 * word + bit) * planeWords + group] = block[bit];
                }
            }
        }
        return out;
    }

    /**
     * The reverse of {@link #fromNumbers}: numbers of {@code words} little-endian words, with bits at and above {@code planes}
     * zero.
     */
    public static long[] toNumbers(long[] bits, int words, int lanes, int planes) {
        int planeWords = wordsOf(lanes);
        long[] out = new long[lanes * words];
        long[] block = new long[64];
        for (int group = 0; group < planeWords; group++) {
            int filled = Math.min(64, lanes - 64 * group);
            for (int word = 0; word * 64 < planes; word++) {
                int used = Math.min(64, planes - 64 * word);
                for (int bit = 0; bit < 64; bit++) {
                    block[bit] = bit < used ? bits[(64 * word + bit) * planeWords + group] : 0;
                }
                transpose(block);
                for (int k = 0; k < filled; k++) {
                    out[(64 * group + k) * words + word] = block[k];
                }
            }
        }
        return out;
    }

    private static long lowestBits(long[] rows) {
        long out = 0;
        for (int k = 0; k < 64; k++) {
            out |= (rows[k] & 1) << k;
        }
        return out;
    }

    /** Transposes 64 rows of 64 bits in place: bit b of row k becomes bit k of row b. */
    public static void transpose(long[] rows) {
        long mask = 0x00000000FFFFFFFFL;
        for (int width = 32; width != 0; width >>>= 1, mask ^= mask << width) {
            for (int k = 0; k < 64; k = ((k | width) + 1) & ~width) {
                long swap = ((rows[k] >>> width) ^ rows[k | width]) & mask;
                rows[k] ^= swap << width;
                rows[k | width] ^= swap;
            }
        }
    }

    /** Bit {@code lane} of plane {@code plane}: 0 or 1. */
    public static long bit(long[] planes, int lanes, int plane, int lane) {
        return planes[plane * wordsOf(lanes) + (lane >>> 6)] >>> (lane & 63) & 1;
    }

    /** A copy in which all lanes at and above {@code lanes} are zero. */
    public static long[] cut(long[] planes, int lanes) {
        long[] out = planes.clone();
        if ((lanes & 63) != 0) {
            int words = wordsOf(lanes);
            long mask = (1L << (lanes & 63)) - 1;
            for (int last = words - 1; last < out.length; last += words) {
                out[last] &= mask;
            }
        }
        return out;
    }
}
