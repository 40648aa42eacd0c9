package io.veilflow.mpc.field;

/**
 * The scalar field of BN254 over flat {@code long[]}: element k of a vector is the four little-endian words from 4k on, in
 * Montgomery form x*2^260 mod r, always below r. Products split operands into five limbs of 52 bits inside. No branch and
 * no index depends on a value.
 *
 * <p>Outside an element is 32 bytes big-endian, canonical (PROTOCOLS 3).
 */
public final class Fr {
    /** Words of one element. */
    public static final int WORDS = 4;

    /** Bytes of one element on the wire. */
    public static final int BYTES = 32;

    /** Bytes of generator output that make one element: 48, reduced, bias below 2^-128. */
    public static final int PRSS_BYTES = 48;

    private static final long MASK = (1L << 52) - 1;

    private static final long R_0 = 0x43e1f593f0000001L;
    private static final long R_1 = 0x2833e84879b97091L;
    private static final long R_2 = 0xb85045b68181585dL;
    private static final long R_3 = 0x30644e72e131a029L;

    static final long P_0 = R_0 & MASK;
    static final long P_1 = (R_0 >>> 52 | R_1 << 12) & MASK;
    static final long P_2 = (R_1 >>> 40 | R_2 << 24) & MASK;
    static final long P_3 = (R_2 >>> 28 | R_3 << 36) & MASK;
    static final long P_4 = R_3 >>> 16;

    /** -r^-1 mod 2^52. */
    static final long NEGATIVE_INVERSE = 0x1f593efffffffL;

    /** 2^520 mod r: a product with it enters Montgomery form. */
    private static final long[] SQUARE = {
        0xce30b852d16da6f5L, 0x43ffb6c621620cddL, 0x5e103e7c2af1b953L, 0x0281528fa122c3c1L
    };

    /** 2^776 mod r: the same for a value to be multiplied by 2^256. */
    private static final long[] SQUARE_HIGH = {
        0x8cd3a668ff003fbcL, 0x9ad30adca674d1c8L, 0x4773e0273974746bL, 0x1db474fbfb36f174L
    };

    private static final long[] SQUARE_LIMBS = limbs(SQUARE);
    private static final long[] SQUARE_HIGH_LIMBS = limbs(SQUARE_HIGH);

    /** Words that {@link #fromPrss} works in; all zero at first. */
    static final int PRSS_SCRATCH = 2 * FrLimbs.LIMBS + FrLimbs.SUM;

    /** 2^416: what {@link #quotientFromPrss} divides by. */
    private static final long[] QUOTIENT_FACTOR = {
        0x48859b63faf49e4bL, 0x33a1b1d5d17c40a9L, 0x3272c811313512daL, 0x08b94a29c7453fc4L
    };

    private static final long[] ONE = {
        0xb9db6b753fffffacL, 0xcef7c8380f271055L, 0x85a9201d818f016eL, 0x1f16424e1bb7724fL
    };

    private Fr() {}

    public static long[] one() {
        return ONE.clone();
    }

    /**
     * From four words of an unsigned integer below 2^256, reduced.
     *
     * @param words little-endian words, {@code WORDS} of them from {@code at} on
     */
    public static void fromInteger(long[] words, int at, long[] out, int to) {
        mul(words, at, SQUARE, 0, out, to);
    }

    /** out[to] = a[at] * b[bt]. The first operand may be any integer below 2^256, the second is below r. */
    public static void mul(long[] a, int at, long[] b, int bt, long[] out, int to) {
        long w0 = b[bt];
        long w1 = b[bt + 1];
        long w2 = b[bt + 2];
        long w3 = b[bt + 3];
        long b0 = w0 & MASK;
        long b1 = (w0 >>> 52 | w1 << 12) & MASK;
        long b2 = (w1 >>> 40 | w2 << 24) & MASK;
        long b3 = (w2 >>> 28 | w3 << 36) & MASK;
        long b4 = w3 >>> 16;
        w0 = a[at];
        w1 = a[at + 1];
        w2 = a[at + 2];
        w3 = a[at + 3];
        long t0 = 0;
        long t1 = 0;
        long t2 = 0;
        long t3 = 0;
        long t4 = 0;
        for (int i = 0; i < 5; i++) {
            long x = w0 & MASK;
            w0 = w0 >>> 52 | w1 << 12;
            w1 = w1 >>> 52 | w2 << 12;
            w2 = w2 >>> 52 | w3 << 12;
            w3 >>>= 52;
            t0 += (x * b0) & MASK;
            t1 += high(x, b0) + ((x * b1) & MASK);
            t2 += high(x, b1) + ((x * b2) & MASK);
            t3 += high(x, b2) + ((x * b3) & MASK);
            t4 += high(x, b3) + ((x * b4) & MASK);
            long t5 = high(x, b4);
            long m = (t0 * NEGATIVE_INVERSE) & MASK;
            t0 += (m * P_0) & MASK;
            t0 = t1 + (t0 >>> 52) + high(m, P_0) + ((m * P_1) & MASK);
            t1 = t2 + high(m, P_1) + ((m * P_2) & MASK);
            t2 = t3 + high(m, P_2) + ((m * P_3) & MASK);
            t3 = t4 + high(m, P_3) + ((m * P_4) & MASK);
            t4 = t5 + high(m, P_4);
        }
        pack(t0, t1, t2, t3, t4, out, to);
    }

    /** floor(a*b / 2^52) for a, b below 2^52. */
    private static long high(long a, long b) {
        return Math.multiplyHigh(a << 6, b << 6);
    }

    /** out[to] = a[at] + b[bt]. */
    public static void add(long[] a, int at, long[] b, int bt, long[] out, int to) {
        long x = a[at];
        long y = b[bt];
        long s0 = x + y;
        long c = ((x & y) | ((x | y) & ~s0)) >>> 63;
        x = a[at + 1];
        y = b[bt + 1];
        long s1 = x + y + c;
        c = ((x & y) | ((x | y) & ~s1)) >>> 63;
        x = a[at + 2];
        y = b[bt + 2];
        long s2 = x + y + c;
        c = ((x & y) | ((x | y) & ~s2)) >>> 63;
        reduceOnce(s0, s1, s2, a[at + 3] + b[bt + 3] + c, out, to);
    }

    /** out[to] = a[at] - b[bt]. */
    public static void sub(long[] a, int at, long[] b, int bt, long[] out, int to) {
        long x = a[at];
        long y = b[bt];
        long d0 = x - y;
        long c = ((~x & y) | ((~x | y) & d0)) >>> 63;
        x = a[at + 1];
        y = b[bt + 1];
        long d1 = x - y - c;
        c = ((~x & y) | ((~x | y) & d1)) >>> 63;
        x = a[at + 2];
        y = b[bt + 2];
        long d2 = x - y - c;
        c = ((~x & y) | ((~x | y) & d2)) >>> 63;
        long d3 = a[at + 3] - b[bt + 3] - c;
        long again = d3 >> 63;
        long s0 = d0 + (R_0 & again);
        c = ((d0 & R_0 & again) | ((d0 | (R_0 & again)) & ~s0)) >>> 63;
        long s1 = d1 + (R_1 & again) + c;
        c = ((d1 & R_1 & again) | ((d1 | (R_1 & again)) & ~s1)) >>> 63;
        long s2 = d2 + (R_2 & again) + c;
        c = ((d2 & R_2 & again) | ((d2 | (R_2 & again)) & ~s2)) >>> 63;
        out[to] = s0;
        out[to + 1] = s1;
        out[to + 2] = s2;
        out[to + 3] = d3 + (R_3 & again) + c;
    }

    /** Subtracts r once if the value is not below it; values are below 2r. */
    static void reduceOnce(long t0, long t1, long t2, long t3, long[] out, int to) {
        long d0 = t0 - R_0;
        long c = ((~t0 & R_0) | ((~t0 | R_0) & d0)) >>> 63;
        long d1 = t1 - R_1 - c;
        c = ((~t1 & R_1) | ((~t1 | R_1) & d1)) >>> 63;
        long d2 = t2 - R_2 - c;
        c = ((~t2 & R_2) | ((~t2 | R_2) & d2)) >>> 63;
        long d3 = t3 - R_3 - c;
        long keep = d3 >> 63;
        out[to] = (t0 & keep) | (d0 & ~keep);
        out[to + 1] = (t1 & keep) | (d1 & ~keep);
        out[to + 2] = (t2 & keep) | (d2 & ~keep);
        out[to + 3] = (t3 & keep) | (d3 & ~keep);
    }

    /** The integer in [0, r) as four little-endian words: a product with 1 without its limb products. */
    public static void toInteger(long[] a, int at, long[] out, int to) {
        long w0 = a[at];
        long w1 = a[at + 1];
        long w2 = a[at + 2];
        long w3 = a[at + 3];
        long t0 = w0 & MASK;
        long t1 = (w0 >>> 52 | w1 << 12) & MASK;
        long t2 = (w1 >>> 40 | w2 << 24) & MASK;
        long t3 = (w2 >>> 28 | w3 << 36) & MASK;
        long t4 = w3 >>> 16;
        for (int i = 0; i < 5; i++) {
            long m = (t0 * NEGATIVE_INVERSE) & MASK;
            t0 += (m * P_0) & MASK;
            t0 = t1 + (t0 >>> 52) + high(m, P_0) + ((m * P_1) & MASK);
            t1 = t2 + high(m, P_1) + ((m * P_2) & MASK);
            t2 = t3 + high(m, P_2) + ((m * P_3) & MASK);
            t3 = t4 + high(m, P_3) + ((m * P_4) & MASK);
            t4 = high(m, P_4);
        }
        pack(t0, t1, t2, t3, t4, out, to);
    }

    /** Carries the limbs of a value below 2r on and subtracts r once if it is not below it. */
    private static void pack(long t0, long t1, long t2, long t3, long t4, long[] out, int to) {
        t1 += t0 >>> 52;
        t2 += t1 >>> 52;
        t3 += t2 >>> 52;
        t4 += t3 >>> 52;
        t0 &= MASK;
        t1 &= MASK;
        t2 &= MASK;
        t3 &= MASK;
        reduceOnce(t0 | t1 << 52, t1 >>> 12 | t2 << 40, t2 >>> 24 | t3 << 28, t3 >>> 36 | t4 << 16, out, to);
    }

    /** Whether four words from {@code at} on are an integer below r. */
    static boolean belowModulus(long[] t, int at) {
        long d = t[at] - R_0;
        long c = ((~t[at] & R_0) | ((~t[at] | R_0) & d)) >>> 63;
        d = t[at + 1] - R_1 - c;
        c = ((~t[at + 1] & R_1) | ((~t[at + 1] | R_1) & d)) >>> 63;
        d = t[at + 2] - R_2 - c;
        c = ((~t[at + 2] & R_2) | ((~t[at + 2] | R_2) & d)) >>> 63;
        d = t[at + 3] - R_3 - c;
        c = ((~t[at + 3] & R_3) | ((~t[at + 3] | R_3) & d)) >>> 63;
        return c == 1;
    }

    /**
     * Reads 48 generator bytes as a little-endian integer and reduces it.
     *
     * @param scratch {@link #PRSS_SCRATCH} words, overwritten
     */
    static void fromPrss(byte[] in, int at, long[] out, int to, long[] scratch) {
        int high = FrLimbs.LIMBS;
        int sum = 2 * FrLimbs.LIMBS;
        for (int w = 0; w < WORDS; w++) {
            out[to + w] = Bytes.longLittleEndian(in, at + 8 * w);
        }
        FrLimbs.split(out, to, scratch, 0);
        out[to] = Bytes.longLittleEndian(in, at + 32);
        out[to + 1] = Bytes.longLittleEndian(in, at + 40);
        out[to + 2] = 0;
        out[to + 3] = 0;
        FrLimbs.split(out, to, scratch, high);
        FrLimbs.multiplyAdd(scratch, 0, SQUARE_LIMBS, 0, scratch, sum);
        FrLimbs.multiplyAdd(scratch, high, SQUARE_HIGH_LIMBS, 0, scratch, sum);
        FrLimbs.reduce(scratch, sum, out, to);
    }

    /**
     * Reads 48 generator bytes as a little-endian integer v; out is v / 2^416 mod r. Three limbs of Montgomery's reduction make
     * v / 2^156 of it, below 2^228 + r; taken as Montgomery form, that stands for another 2^260 less. A quarter of the work of
     * {@link #fromPrss}.
     */
    static void quotientFromPrss(byte[] in, int at, long[] out, int to) {
        long w0 = Bytes.longLittleEndian(in, at);
        long w1 = Bytes.longLittleEndian(in, at + 8);
        long w2 = Bytes.longLittleEndian(in, at + 16);
        long w3 = Bytes.longLittleEndian(in, at + 24);
        long w4 = Bytes.longLittleEndian(in, at + 32);
        long w5 = Bytes.longLittleEndian(in, at + 40);
        long t0 = w0 & MASK;
        long t1 = (w0 >>> 52 | w1 << 12) & MASK;
        long t2 = (w1 >>> 40 | w2 << 24) & MASK;
        long t3 = (w2 >>> 28 | w3 << 36) & MASK;
        long t4 = w3 >>> 16 | (w4 & 0xf) << 48;
        long t5 = w4 >>> 4 & MASK;
        long t6 = (w4 >>> 56 | w5 << 8) & MASK;
        long t7 = w5 >>> 44;
        for (int i = 0; i < 3; i++) {
            long m = (t0 * NEGATIVE_INVERSE) & MASK;
            t0 += (m * P_0) & MASK;
            t0 = t1 + (t0 >>> 52) + high(m, P_0) + ((m * P_1) & MASK);
            t1 = t2 + high(m, P_1) + ((m * P_2) & MASK);
            t2 = t3 + high(m, P_2) + ((m * P_3) & MASK);
            t3 = t4 + high(m, P_3) + ((m * P_4) & MASK);
            t4 = t5 + high(m, P_4);
            t5 = t6;
            t6 = t7;
            t7 = 0;
        }
        pack(t0, t1, t2, t3, t4, out, to);
    }

    static long[] quotientFactor() {
        return QUOTIENT_FACTOR.clone();
    }

    private static long[] limbs(long[] words) {
        long[] out = new long[FrLimbs.LIMBS];
        FrLimbs.split(words, 0, out, 0);
        return out;
    }

    /** 1/x by Fermat; the exponent is public. Zero gives zero. */
    public static void invert(long[] a, int at, long[] out, int to) {
        long[] exponent = {R_0 - 2, R_1, R_2, R_3};
        long[] x = {a[at], a[at + 1], a[at + 2], a[at + 3]};
        long[] y = ONE.clone();
        for (int bit = 253; bit >= 0; bit--) {
            mul(y, 0, y, 0, y, 0);
            if ((exponent[bit >>> 6] >>> (bit & 63) & 1) == 1) {
                mul(y, 0, x, 0, y, 0);
            }
        }
        System.arraycopy(y, 0, out, to, WORDS);
    }
}
