package io.veilflow.mpc.field;

/**
 * Integers mod 2^192 in flat {@code long[]}: three little-endian words, two's complement. Wide enough for every RISS
 * component (160 bits) and every difference that a comparison reads (PROTOCOLS 14). Branch-free.
 */
public final class Int192 {
    /** Words of one integer. */
    public static final int WORDS = 3;

    private Int192() {}

    public static void add(long[] a, int at, long[] b, int bt, long[] out, int to) {
        long x = a[at];
        long y = b[bt];
        long s0 = x + y;
        long c = ((x & y) | ((x | y) & ~s0)) >>> 63;
        x = a[at + 1];
        y = b[bt + 1];
        long s1 = x + y + c;
        c = ((x & y) | ((x | y) & ~s1)) >>> 63;
        out[to + 2] = a[at + 2] + b[bt + 2] + c;
        out[to] = s0;
        out[to + 1] = s1;
    }

    public static void sub(long[] a, int at, long[] b, int bt, long[] out, int to) {
        long x = a[at];
        long y = b[bt];
        long d0 = x - y;
        long c = ((~x & y) | ((~x | y) & d0)) >>> 63;
        x = a[at + 1];
        y = b[bt + 1];
        long d1 = x - y - c;
        c = ((~x & y) | ((~x | y) & d1)) >>> 63;
        out[to + 2] = a[at + 2] - b[bt + 2] - c;
        out[to] = d0;
        out[to + 1] = d1;
    }

    /** out[to] = a[at] * b[bt] mod 2^192; out may be one of the operands. */
    public static void mul(long[] a, int at, long[] b, int bt, long[] out, int to) {
        long a0 = a[at];
        long a1 = a[at + 1];
        long b0 = b[bt];
        long b1 = b[bt + 1];
        long h00 = unsignedHigh(a0, b0);
        long p01 = a0 * b1;
        long s1 = h00 + p01;
        long c = ((h00 & p01) | ((h00 | p01) & ~s1)) >>> 63;
        long p10 = a1 * b0;
        long t1 = s1 + p10;
        c += ((s1 & p10) | ((s1 | p10) & ~t1)) >>> 63;
        long t2 = c + unsignedHigh(a0, b1) + unsignedHigh(a1, b0) + a1 * b1 + a0 * b[bt + 2] + a[at + 2] * b0;
        out[to] = a0 * b0;
        out[to + 1] = t1;
        out[to + 2] = t2;
    }

    private static long unsignedHigh(long a, long b) {
        return Math.multiplyHigh(a, b) + (a >> 63 & b) + (b >> 63 & a);
    }

    /** The signed values mod r. */
    public static long[] toFr(long[] a) {
        int count = a.length / WORDS;
        long[] out = new long[count * Fr.WORDS];
        long[] excess = new long[Fr.WORDS];
        for (int k = 0; k < count; k++) {
            System.arraycopy(a, k * WORDS, out, k * Fr.WORDS, WORDS);
            Fr.fromInteger(out, k * Fr.WORDS, out, k * Fr.WORDS);
            // the words read as unsigned are 2^192 too large when the sign bit is set
            excess[0] = 0;
            excess[1] = 0;
            excess[2] = 0;
            excess[3] = a[k * WORDS + 2] >>> 63;
            Fr.fromInteger(excess, 0, excess, 0);
            Fr.sub(out, k * Fr.WORDS, excess, 0, out, k * Fr.WORDS);
        }
        return out;
    }

    /** The signed values mod the order of secp256k1. */
    static long[] toZq(long[] a) {
        int count = a.length / WORDS;
        long[] out = new long[count * Zq.WORDS];
        long[] excess = new long[Zq.WORDS];
        for (int k = 0; k < count; k++) {
            System.arraycopy(a, k * WORDS, out, k * Zq.WORDS, WORDS);
            // the words read as unsigned are 2^192 too large when the sign bit is set
            excess[3] = a[k * WORDS + 2] >>> 63;
            Zq.sub(out, k * Zq.WORDS, excess, 0, out, k * Zq.WORDS);
        }
        return out;
    }

    /** The signed values mod 2^61 - 1. */
    public static long[] toP61(long[] a) {
        long[] out = new long[a.length / WORDS];
        for (int k = 0; k < out.length; k++) {
            int at = k * WORDS;
            // 2^64 = 8, 2^128 = 64 and 2^192 = 512 mod p
            long upper = P61.add(P61.mul(P61.reduce(a[at + 1]), 8), P61.mul(P61.reduce(a[at + 2]), 64));
            out[k] = P61.sub(P61.add(P61.reduce(a[at]), upper), 512 * (a[at + 2] >>> 63));
        }
        return out;
    }

    /** 2^exponent, below 2^191. */
    public static long[] powerOfTwo(int exponent) {
        long[] out = new long[WORDS];
        out[exponent >>> 6] = 1L << (exponent & 63);
        return out;
    }
}
