package io.veilflow.mpc.field;

/**
 * The scalars of secp256k1, integers modulo the order q of its group, over flat {@code long[]}: element k of a vector is the
 * four little-endian words from 4k on, always below q. No branch and no index depends on a value, so it serves secret keys and
 * nonces. Plain words and a reduction by folding, q being 2^256 less a number of 129 bits: nothing here is in a hot loop.
 *
 * <p>Outside an element is 32 bytes big-endian, canonical (PROTOCOLS 3).
 */
public final class Zq {
    /** Words of one element. */
    public static final int WORDS = 4;

    /** Bytes of one element on the wire. */
    public static final int BYTES = 32;

    /** Bytes of generator output that make one element: 48, reduced, bias below 2^-128. */
    public static final int PRSS_BYTES = 48;

    private static final long Q_0 = 0xbfd25e8cd0364141L;
    private static final long Q_1 = 0xbaaedce6af48a03bL;
    private static final long Q_2 = 0xfffffffffffffffeL;
    private static final long Q_3 = 0xffffffffffffffffL;

    /** 2^256 - q, 129 bits. */
    private static final long[] EXCESS = {-Q_0, ~Q_1, ~Q_2};

    /** Words of a product before its reduction. */
    private static final int WIDE = 2 * WORDS;

    /** 64 bytes are the most that is reduced at once. */
    private static final int WIDE_BYTES = WIDE * Long.BYTES;

    /** After so many folds any 512-bit number is below 2^256: the bits above it are 256, 130, 4, 1, 0. */
    private static final int FOLDS = 4;

    private Zq() {}

    public static long[] one() {
        return new long[] {1, 0, 0, 0};
    }

    /** out[to] = a[at] + b[bt]; the positions count words. */
    public static void add(long[] a, int at, long[] b, int bt, long[] out, int to) {
        long s0 = a[at] + b[bt];
        long c = carry(a[at], b[bt], s0);
        long s1 = a[at + 1] + b[bt + 1] + c;
        c = carry(a[at + 1], b[bt + 1], s1);
        long s2 = a[at + 2] + b[bt + 2] + c;
        c = carry(a[at + 2], b[bt + 2], s2);
        long s3 = a[at + 3] + b[bt + 3] + c;
        c = carry(a[at + 3], b[bt + 3], s3);
        reduceOnce(s0, s1, s2, s3, c, out, to);
    }

    /** out[to] = a[at] - b[bt]. */
    public static void sub(long[] a, int at, long[] b, int bt, long[] out, int to) {
        long d0 = a[at] - b[bt];
        long c = borrow(a[at], b[bt], d0);
        long d1 = a[at + 1] - b[bt + 1] - c;
        c = borrow(a[at + 1], b[bt + 1], d1);
        long d2 = a[at + 2] - b[bt + 2] - c;
        c = borrow(a[at + 2], b[bt + 2], d2);
        long d3 = a[at + 3] - b[bt + 3] - c;
        long again = -borrow(a[at + 3], b[bt + 3], d3);
        long s0 = d0 + (Q_0 & again);
        c = carry(d0, Q_0 & again, s0);
        long s1 = d1 + (Q_1 & again) + c;
        c = carry(d1, Q_1 & again, s1);
        long s2 = d2 + (Q_2 & again) + c;
        c = carry(d2, Q_2 & again, s2);
        out[to] = s0;
        out[to + 1] = s1;
        out[to + 2] = s2;
        out[to + 3] = d3 + (Q_3 & again) + c;
    }

    /** out[to] = -a[at]. */
    public static void negate(long[] a, int at, long[] out, int to) {
        sub(new long[WORDS], 0, a, at, out, to);
    }

    /** out[to] = a[at] * b[bt]. */
    public static void mul(long[] a, int at, long[] b, int bt, long[] out, int to) {
        long[] wide = new long[WIDE];
        multiplyAdd(a, at, WORDS, b, bt, WORDS, wide);
        reduce(wide, out, to);
    }

    /** 1/x by Fermat; the exponent is public. Zero gives zero. */
    public static void invert(long[] a, int at, long[] out, int to) {
        long[] exponent = {Q_0 - 2, Q_1, Q_2, Q_3};
        long[] x = {a[at], a[at + 1], a[at + 2], a[at + 3]};
        long[] y = one();
        for (int bit = 255; bit >= 0; bit--) {
            mul(y, 0, y, 0, y, 0);
            if ((exponent[bit >>> 6] >>> (bit & 63) & 1) == 1) {
                mul(y, 0, x, 0, y, 0);
            }
        }
        System.arraycopy(y, 0, out, to, WORDS);
    }

    /** Whether the element is zero, in time that does not tell. */
    public static boolean isZero(long[] a, int at) {
        return (a[at] | a[at + 1] | a[at + 2] | a[at + 3]) == 0;
    }

    /**
     * A big-endian integer of at most 64 bytes, reduced: what {@code hash_to_field} and nonces start from with 48 bytes or more.
     *
     * @throws IllegalArgumentException if there are more bytes
     */
    public static long[] reduceBigEndian(byte[] in) {
        if (in.length > WIDE_BYTES) {
            throw new IllegalArgumentException(in.length + " bytes are too many to reduce");
        }
        long[] wide = new long[WIDE];
        for (int b = 0; b < in.length; b++) {
            int place = in.length - 1 - b;
            wide[place >>> 3] |= (in[b] & 0xffL) << (8 * (place & 7));
        }
        long[] out = new long[WORDS];
        reduce(wide, out, 0);
        return out;
    }

    /** Reads 48 generator bytes as a little-endian integer and reduces it. */
    static void fromPrss(byte[] in, int at, long[] out, int to) {
        long[] wide = new long[WIDE];
        for (int w = 0; w < PRSS_BYTES / Long.BYTES; w++) {
            wide[w] = Bytes.longLittleEndian(in, at + Long.BYTES * w);
        }
        reduce(wide, out, to);
    }

    /** Four words of an unsigned integer below 2^256, reduced. */
    static void fromInteger(long[] words, int at, long[] out, int to) {
        reduceOnce(words[at], words[at + 1], words[at + 2], words[at + 3], 0, out, to);
    }

    /** Whether four words from {@code at} on are an integer below q. */
    static boolean belowModulus(long[] t, int at) {
        long c = borrow(t[at], Q_0, t[at] - Q_0);
        c = borrow(t[at + 1], Q_1, t[at + 1] - Q_1 - c);
        c = borrow(t[at + 2], Q_2, t[at + 2] - Q_2 - c);
        c = borrow(t[at + 3], Q_3, t[at + 3] - Q_3 - c);
        return c == 1;
    }

    /** Folds what stands above 2^256 onto what stands below until nothing does. Overwrites {@code wide}. */
    private static void reduce(long[] wide, long[] out, int to) {
        long[] high = new long[WORDS];
        for (int fold = 0; fold < FOLDS; fold++) {
            System.arraycopy(wide, WORDS, high, 0, WORDS);
            for (int w = WORDS; w < WIDE; w++) {
                wide[w] = 0;
            }
            multiplyAdd(high, 0, WORDS, EXCESS, 0, EXCESS.length, wide);
        }
        reduceOnce(wide[0], wide[1], wide[2], wide[3], 0, out, to);
    }

    /** Subtracts q once if the value, top word {@code t4}, is not below it; values are below 2q. */
    private static void reduceOnce(long t0, long t1, long t2, long t3, long t4, long[] out, int to) {
        long d0 = t0 - Q_0;
        long c = borrow(t0, Q_0, d0);
        long d1 = t1 - Q_1 - c;
        c = borrow(t1, Q_1, d1);
        long d2 = t2 - Q_2 - c;
        c = borrow(t2, Q_2, d2);
        long d3 = t3 - Q_3 - c;
        c = borrow(t3, Q_3, d3);
        long keep = (t4 - c) >> 63;
        out[to] = (t0 & keep) | (d0 & ~keep);
        out[to + 1] = (t1 & keep) | (d1 & ~keep);
        out[to + 2] = (t2 & keep) | (d2 & ~keep);
        out[to + 3] = (t3 & keep) | (d3 & ~keep);
    }

    /** out += a * b, integers of {@code as} and {@code bs} words; the sum fits into out. */
    private static void multiplyAdd(long[] a, int at, int as, long[] b, int bt, int bs, long[] out) {
        for (int i = 0; i < as; i++) {
            long x = a[at + i];
            long carry = 0;
            for (int j = 0; j < bs; j++) {
                long y = b[bt + j];
                long low = x * y;
                long high = unsignedHigh(x, y);
                long s = out[i + j] + low;
                high += carry(out[i + j], low, s);
                out[i + j] = s + carry;
                carry = high + carry(s, carry, out[i + j]);
            }
            for (int k = i + bs; k < out.length; k++) {
                long s = out[k] + carry;
                carry = carry(out[k], carry, s);
                out[k] = s;
            }
        }
    }

    /** What x + y, plus 1 or nothing, carries over if the sum's word is s. */
    private static long carry(long x, long y, long s) {
        return ((x & y) | ((x | y) & ~s)) >>> 63;
    }

    /** What x - y, less 1 or nothing, borrows if the difference's word is d. */
    private static long borrow(long x, long y, long d) {
        return ((~x & y) | ((~x | y) & d)) >>> 63;
    }

    private static long unsignedHigh(long x, long y) {
        return Math.multiplyHigh(x, y) + (x >> 63 & y) + (y >> 63 & x);
    }
}
