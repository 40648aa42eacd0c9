package io.veilflow.mpc.field;

/**
 * F_p61, p = 2^61 - 1: one word per element, always canonical (below p). Branch-free. On the wire 8 bytes
 * little-endian (PROTOCOLS 3).
 */
public final class P61 {
    public static final long P = (1L << 61) - 1;

    /** Bytes of one element on the wire. */
    public static final int BYTES = 8;

    /** Bytes of generator output that make one element. */
    public static final int PRSS_BYTES = 16;

    private P61() {}

    public static long add(long a, long b) {
        return canonical(a + b);
    }

    public static long sub(long a, long b) {
        return canonical(a - b + P);
    }

    public static long mul(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        return canonical((low & P) + (low >>> 61 | high << 3));
    }

    /** Any word in [0, 2p] to its residue. */
    private static long canonical(long x) {
        long d = x - P;
        return d + (P & d >> 63);
    }

    /** Any word, read as an unsigned integer, reduced. */
    public static long reduce(long word) {
        return canonical((word & P) + (word >>> 61));
    }

    /** Reads 16 generator bytes as a little-endian integer and reduces it. */
    public static long fromPrss(byte[] in, int at) {
        long low = Bytes.longLittleEndian(in, at);
        long high = Bytes.longLittleEndian(in, at + 8);
        // 2^64 = 8 and 2^61 = 1 mod p
        return add(reduce(low), mul(reduce(high), 8));
    }

    /** @throws NotCanonicalException at or above p */
    public static long decode(byte[] in, int at) {
        long x = Bytes.longLittleEndian(in, at);
        if (Long.compareUnsigned(x, P) >= 0) {
            throw new NotCanonicalException("F_p61");
        }
        return x;
    }
}
