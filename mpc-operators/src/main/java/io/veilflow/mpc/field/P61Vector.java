package io.veilflow.mpc.field;

import java.util.Arrays;

/** Whole vectors over F_p61, one word per element. New arrays are returned; operands stay as they are. */
public final class P61Vector {
    static final int BYTES = P61.BYTES;
    static final int PRSS_BYTES = P61.PRSS_BYTES;
    static final long P = P61.P;

    private P61Vector() {}

    public static long[] add(long[] a, long[] b) {
        requireSameLength(a, b);
        long[] out = new long[a.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = P61.add(a[k], b[k]);
        }
        return out;
    }

    public static long[] subtract(long[] a, long[] b) {
        requireSameLength(a, b);
        long[] out = new long[a.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = P61.sub(a[k], b[k]);
        }
        return out;
    }

    public static long[] multiply(long[] a, long[] b) {
        requireSameLength(a, b);
        long[] out = new long[a.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = P61.mul(a[k], b[k]);
        }
        return out;
    }

    public static long[] scale(long[] a, long[] factor) {
        long[] out = new long[a.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = P61.mul(a[k], factor[0]);
        }
        return out;
    }

    public static long[] sum(long[] a) {
        long total = 0;
        for (long x : a) {
            total = P61.add(total, x);
        }
        return new long[] {total};
    }

    public static long[] repeat(long[] element, int times) {
        long[] out = new long[times];
        Arrays.fill(out, element[0]);
        return out;
    }

    public static long[] dots(long[] a, long[] b, int sums) {
        requireSameLength(a, b);
        long[] out = new long[sums];
        int run = a.length / sums;
        for (int s = 0; s < sums; s++) {
            long total = 0;
            for (int k = s * run; k < (s + 1) * run; k++) {
                total = P61.add(total, P61.mul(a[k], b[k]));
            }
            out[s] = total;
        }
        return out;
    }

    static long[] crossDots(long[] a, long[] b, long[] c, long[] d, int sums) {
        long[] out = new long[sums];
        int run = a.length / sums;
        for (int s = 0; s < sums; s++) {
            long total = 0;
            for (int k = s * run; k < (s + 1) * run; k++) {
                total = P61.add(total, P61.add(P61.mul(a[k], P61.add(b[k], d[k])), P61.mul(c[k], b[k])));
            }
            out[s] = total;
        }
        return out;
    }

    /** By Fermat, x^(p-2); the exponent is public. */
    public static long[] invert(long[] a) {
        long[] out = new long[a.length];
        for (int k = 0; k < a.length; k++) {
            long y = 1;
            for (int bit = 60; bit >= 0; bit--) {
                y = P61.mul(y, y);
                if ((P - 2 >>> bit & 1) == 1) {
                    y = P61.mul(y, a[k]);
                }
            }
            out[k] = y;
        }
        return out;
    }

    /**
     * Reads 8 bytes little-endian each.
     *
     * @throws NotCanonicalException if an element is at or above p
     * @throws IllegalArgumentException if the length is no multiple of 8
     */
    public static long[] decode(byte[] in) {
        if (in.length % BYTES != 0) {
            throw new IllegalArgumentException(in.length + " bytes are no vector over F_p61");
        }
        long[] out = new long[in.length / BYTES];
        for (int k = 0; k < out.length; k++) {
            out[k] = P61.decode(in, k * BYTES);
        }
        return out;
    }

    static void fromPrss(byte[] in, int at, int count, long[] out, int to) {
        for (int k = 0; k < count; k++) {
            out[to + k] = P61.fromPrss(in, at + k * PRSS_BYTES);
        }
    }

    private static void requireSameLength(long[] a, long[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException("vectors of " + a.length + " and " + b.length + " elements");
        }
    }
}
