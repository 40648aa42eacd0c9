package io.veilflow.pipeline.evaluate;

import io.veilflow.mpc.bits.Planes;
import io.veilflow.mpc.field.Int192;
import io.veilflow.mpc.replicated.BitShares;
import java.util.Arrays;

/**
 * Boolean shared numbers of 192 bits, number by number: this party's two components, three little-endian words each; the numbers are
 * the exclusive or of three. What moves or repeats bits is local and the same on every component. Holds secrets: shows nothing.
 */
final class BitNumbers {
    private static final int WORDS = Int192.WORDS;

    private final int count;
    private final long[] own;
    private final long[] next;

    private BitNumbers(int count, long[] own, long[] next) {
        this.count = count;
        this.own = own;
        this.next = next;
    }

    static BitNumbers zeros(int count) {
        return new BitNumbers(count, new long[count * WORDS], new long[count * WORDS]);
    }

    /** One number a lane, bits above the planes zero. */
    static BitNumbers ofPlanes(BitShares bits) {
        return new BitNumbers(
                bits.lanes(),
                Planes.toNumbers(bits.own(), WORDS, bits.lanes(), bits.planes()),
                Planes.toNumbers(bits.next(), WORDS, bits.lanes(), bits.planes()));
    }

    int count() {
        return count;
    }

    /** The lowest bits. */
    BitShares planes(int width) {
        return new BitShares(
                count,
                width,
                Planes.fromNumbers(own, WORDS, count, width),
                Planes.fromNumbers(next, WORDS, count, width));
    }

    /** One bit of every number, as one plane. */
    BitShares bit(int place) {
        return new BitShares(count, 1, plane(own, place), plane(next, place));
    }

    private static long[] plane(long[] numbers, int place) {
        int count = numbers.length / WORDS;
        long[] out = new long[Planes.wordsOf(count)];
        for (int k = 0; k < count; k++) {
            out[k >>> 6] |= bitOf(numbers, k, place) << (k & 63);
        }
        return out;
    }

    private static long bitOf(long[] numbers, int number, int place) {
        return numbers[number * WORDS + (place >>> 6)] >>> (place & 63) & 1;
    }

    BitNumbers slice(int from, int length) {
        return new BitNumbers(
                length,
                Arrays.copyOfRange(own, from * WORDS, (from + length) * WORDS),
                Arrays.copyOfRange(next, from * WORDS, (from + length) * WORDS));
    }

    /** Puts all of {@code from} here, from number {@code at} on. */
    void put(int at, BitNumbers from) {
        System.arraycopy(from.own, 0, own, at * WORDS, from.own.length);
        System.arraycopy(from.next, 0, next, at * WORDS, from.next.length);
    }

    /** Puts one number of {@code from} here. */
    void put(int at, BitNumbers from, int number) {
        System.arraycopy(from.own, number * WORDS, own, at * WORDS, WORDS);
        System.arraycopy(from.next, number * WORDS, next, at * WORDS, WORDS);
    }

    /** Bits below {@code width}, others zero. */
    BitNumbers lowest(int width) {
        return map(width, false);
    }

    /** Bits below {@code width}, each exclusive or bit {@code width}: of a - b with that sign what a comparison shows to be in range. */
    BitNumbers slack(int width) {
        return map(width, true);
    }

    private BitNumbers map(int width, boolean flips) {
        BitNumbers out = zeros(count);
        cut(own, out.own, width, flips);
        cut(next, out.next, width, flips);
        return out;
    }

    private static void cut(long[] in, long[] out, int width, boolean flips) {
        for (int k = 0; k < in.length / WORDS; k++) {
            long sign = flips ? -bitOf(in, k, width) : 0;
            for (int w = 0; w < WORDS; w++) {
                out[k * WORDS + w] = (in[k * WORDS + w] ^ sign) & mask(width - 64 * w);
            }
        }
    }

    private static long mask(int bits) {
        return bits <= 0 ? 0 : bits >= 64 ? -1L : (1L << bits) - 1;
    }

    /**
     * Bits {@code from} on of one number, at most 64 of them, put into one place of the components of some vector of words.
     *
     * @param shift by how much they are moved up there
     */
    void copyBits(int number, int from, int length, long[] ownOut, long[] nextOut, int to, int shift) {
        ownOut[to] = bits(own, number, from, length) << shift;
        nextOut[to] = bits(next, number, from, length) << shift;
    }

    private static long bits(long[] numbers, int number, int from, int length) {
        int word = from >>> 6;
        int place = from & 63;
        int at = number * WORDS + word;
        long low = numbers[at] >>> place;
        // two steps, since a shift by 64 would be one by 0
        long high = place == 0 || word + 1 == WORDS ? 0 : numbers[at + 1] << (64 - place);
        return (low | high) & mask(length);
    }

    void wipe() {
        Arrays.fill(own, 0);
        Arrays.fill(next, 0);
    }

    @Override
    public String toString() {
        return "BitNumbers[" + count + "]";
    }
}
