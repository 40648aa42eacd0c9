package io.veilflow.mpc.field;

/** Whole vectors over Fr, flat words as in {@link Fr}. New arrays are returned; operands stay as they are. */
public final class FrVector {
    /** A cross term counts as three products: one of its operands is a sum of two. */
    private static final int CROSS_TERMS_OF_A_SUM = FrLimbs.PRODUCTS_OF_A_SUM / 3;

    private static final long[] ONE = Fr.one();

    private FrVector() {}

    public static long[] add(long[] a, long[] b) {
        requireSameLength(a, b);
        long[] out = new long[a.length];
        for (int k = 0; k < out.length; k += Fr.WORDS) {
            Fr.add(a, k, b, k, out, k);
        }
        return out;
    }

    public static long[] subtract(long[] a, long[] b) {
        requireSameLength(a, b);
        long[] out = new long[a.length];
        for (int k = 0; k < out.length; k += Fr.WORDS) {
            Fr.sub(a, k, b, k, out, k);
        }
        return out;
    }

    public static long[] multiply(long[] a, long[] b) {
        requireSameLength(a, b);
        long[] out = new long[a.length];
        for (int k = 0; k < out.length; k += Fr.WORDS) {
            Fr.mul(a, k, b, k, out, k);
        }
        return out;
    }

    /** Every element times the element in {@code factor[0..3]}. */
    public static long[] scale(long[] a, long[] factor) {
        long[] out = new long[a.length];
        for (int k = 0; k < out.length; k += Fr.WORDS) {
            Fr.mul(a, k, factor, 0, out, k);
        }
        return out;
    }

    /** One element: the sum of all. */
    public static long[] sum(long[] a) {
        long[] out = new long[Fr.WORDS];
        for (int k = 0; k < a.length; k += Fr.WORDS) {
            Fr.add(out, 0, a, k, out, 0);
        }
        return out;
    }

    /**
     * Element by element 1/a, with one inversion for all of them (Montgomery's trick): the products of the first elements, the inverse
     * of the last of these, and back. Zero gives zero; it counts as one in between, without a branch.
     */
    public static long[] invert(long[] a) {
        long[] out = new long[a.length];
        if (a.length == 0) {
            return out;
        }
        long[] factor = new long[Fr.WORDS];
        long[] product = Fr.one();
        for (int k = 0; k < a.length; k += Fr.WORDS) {
            System.arraycopy(product, 0, out, k, Fr.WORDS);
            oneIfZero(a, k, factor);
            Fr.mul(product, 0, factor, 0, product, 0);
        }
        long[] inverse = new long[Fr.WORDS];
        Fr.invert(product, 0, inverse, 0);
        for (int k = a.length - Fr.WORDS; k >= 0; k -= Fr.WORDS) {
            long zero = oneIfZero(a, k, factor);
            Fr.mul(out, k, inverse, 0, out, k);
            Fr.mul(inverse, 0, factor, 0, inverse, 0);
            for (int w = 0; w < Fr.WORDS; w++) {
                out[k + w] &= ~zero;
            }
        }
        return out;
    }

    /** Copies an element, or one in place of zero; all bits set if it was zero, else none. */
    private static long oneIfZero(long[] a, int at, long[] out) {
        long any = a[at] | a[at + 1] | a[at + 2] | a[at + 3];
        long zero = ~((any | -any) >> 63);
        for (int w = 0; w < Fr.WORDS; w++) {
            out[w] = a[at + w] | ONE[w] & zero;
        }
        return zero;
    }

    public static long[] repeat(long[] element, int times) {
        long[] out = new long[times * Fr.WORDS];
        for (int k = 0; k < out.length; k += Fr.WORDS) {
            System.arraycopy(element, 0, out, k, Fr.WORDS);
        }
        return out;
    }

    /** {@code sums} elements: element s is the sum of a[k]*b[k] over the s-th of equally long runs. */
    public static long[] dots(long[] a, long[] b, int sums) {
        requireSameLength(a, b);
        int run = sums == 0 ? 0 : a.length / sums;
        if (run == Fr.WORDS) {
            return multiply(a, b);
        }
        long[] out = new long[sums * Fr.WORDS];
        long[] limbs = new long[2 * FrLimbs.LIMBS];
        long[] sum = new long[FrLimbs.SUM];
        for (int s = 0; s < sums; s++) {
            dot(a, b, s * run, (s + 1) * run, limbs, sum, out, s * Fr.WORDS);
        }
        return out;
    }

    private static void dot(long[] a, long[] b, int from, int end, long[] limbs, long[] sum, long[] out, int to) {
        int together = FrLimbs.PRODUCTS_OF_A_SUM * Fr.WORDS;
        if (end - from <= together) {
            addProducts(a, b, from, end, limbs, sum);
            FrLimbs.reduce(sum, 0, out, to);
            return;
        }
        long[] total = new long[FrLimbs.TOTAL];
        for (int k = from; k < end; k += together) {
            addProducts(a, b, k, Math.min(end, k + together), limbs, sum);
            FrLimbs.carry(sum, 0, total, 0);
        }
        FrLimbs.reduceTotal(total, 0, out, to);
    }

    private static void addProducts(long[] a, long[] b, int from, int end, long[] limbs, long[] sum) {
        for (int k = from; k < end; k += Fr.WORDS) {
            FrLimbs.split(a, k, limbs, 0);
            FrLimbs.split(b, k, limbs, FrLimbs.LIMBS);
            FrLimbs.multiplyAdd(limbs, 0, limbs, FrLimbs.LIMBS, sum, 0);
        }
    }

    /** Element s is the sum of a[k]*(b[k] + d[k]) + c[k]*b[k] over the s-th of {@code sums} equally long runs. */
    static long[] crossDots(long[] a, long[] b, long[] c, long[] d, int sums) {
        long[] out = new long[sums * Fr.WORDS];
        long[] limbs = new long[4 * FrLimbs.LIMBS];
        long[] sum = new long[FrLimbs.SUM];
        int run = a.length / sums;
        for (int s = 0; s < sums; s++) {
            int from = s * run;
            if (run <= CROSS_TERMS_OF_A_SUM * Fr.WORDS) {
                addCrossTerms(a, b, c, d, from, from + run, limbs, sum);
                FrLimbs.reduce(sum, 0, out, s * Fr.WORDS);
                continue;
            }
            long[] total = new long[FrLimbs.TOTAL];
            for (int k = from; k < from + run; k += CROSS_TERMS_OF_A_SUM * Fr.WORDS) {
                int end = Math.min(from + run, k + CROSS_TERMS_OF_A_SUM * Fr.WORDS);
                addCrossTerms(a, b, c, d, k, end, limbs, sum);
                FrLimbs.carry(sum, 0, total, 0);
            }
            FrLimbs.reduceTotal(total, 0, out, s * Fr.WORDS);
        }
        return out;
    }

    private static void addCrossTerms(
            long[] a, long[] b, long[] c, long[] d, int from, int end, long[] limbs, long[] sum) {
        int second = FrLimbs.LIMBS;
        int third = 2 * FrLimbs.LIMBS;
        int both = 3 * FrLimbs.LIMBS;
        for (int k = from; k < end; k += Fr.WORDS) {
            FrLimbs.split(a, k, limbs, 0);
            FrLimbs.split(b, k, limbs, second);
            FrLimbs.split(c, k, limbs, third);
            FrLimbs.split(d, k, limbs, both);
            for (int j = 0; j < FrLimbs.LIMBS; j++) {
                limbs[both + j] += limbs[second + j];
            }
            FrLimbs.multiplyAdd(limbs, 0, limbs, both, sum, 0);
            FrLimbs.multiplyAdd(limbs, third, limbs, second, sum, 0);
        }
    }

    /** 32 bytes big-endian each. */
    public static byte[] encode(long[] a) {
        long[] words = toIntegers(a);
        byte[] out = new byte[a.length / Fr.WORDS * Fr.BYTES];
        for (int k = 0; k < words.length; k++) {
            Bytes.putLongBigEndian(words[k], out, bigEndianPlace(k));
        }
        return out;
    }

    /** The integers in [0, r), four little-endian words each. */
    public static long[] toIntegers(long[] a) {
        long[] words = new long[a.length];
        for (int k = 0; k < a.length; k += Fr.WORDS) {
            Fr.toInteger(a, k, words, k);
        }
        return words;
    }

    /** From integers below 2^256, four little-endian words each, reduced. */
    public static long[] fromIntegers(long[] words) {
        long[] out = new long[words.length];
        for (int k = 0; k < words.length; k += Fr.WORDS) {
            Fr.fromInteger(words, k, out, k);
        }
        return out;
    }

    /**
     * Reads 32 bytes big-endian each.
     *
     * @throws NotCanonicalException if an element is at or above r
     * @throws IllegalArgumentException if the length is no multiple of 32
     */
    public static long[] decode(byte[] in) {
        if (in.length % Fr.BYTES != 0) {
            throw new IllegalArgumentException(in.length + " bytes are no vector over Fr");
        }
        long[] out = new long[in.length / Fr.BYTES * Fr.WORDS];
        for (int k = 0; k < out.length; k++) {
            out[k] = Bytes.longBigEndian(in, bigEndianPlace(k));
        }
        for (int k = 0; k < out.length; k += Fr.WORDS) {
            if (!Fr.belowModulus(out, k)) {
                throw new NotCanonicalException("Fr");
            }
            Fr.fromInteger(out, k, out, k);
        }
        return out;
    }

    /** Byte position of word k: elements ascend, words within an element descend. */
    private static int bigEndianPlace(int k) {
        return (k & -Fr.WORDS) * Long.BYTES + (Fr.WORDS - 1 - (k & (Fr.WORDS - 1))) * Long.BYTES;
    }

    private static void requireSameLength(long[] a, long[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException(
                    "vectors of " + a.length / Fr.WORDS + " and " + b.length / Fr.WORDS + " elements");
        }
    }
}
