package io.veilflow.mpc.field;

/** Whole vectors of scalars of secp256k1, flat words as in {@link Zq}. New arrays are returned; operands stay as they are. */
public final class ZqVector {
    private ZqVector() {}

    public static long[] add(long[] a, long[] b) {
        requireSameLength(a, b);
        long[] out = new long[a.length];
        for (int k = 0; k < out.length; k += Zq.WORDS) {
            Zq.add(a, k, b, k, out, k);
        }
        return out;
    }

    public static long[] subtract(long[] a, long[] b) {
        requireSameLength(a, b);
        long[] out = new long[a.length];
        for (int k = 0; k < out.length; k += Zq.WORDS) {
            Zq.sub(a, k, b, k, out, k);
        }
        return out;
    }

    public static long[] negate(long[] a) {
        return subtract(new long[a.length], a);
    }

    public static long[] multiply(long[] a, long[] b) {
        requireSameLength(a, b);
        long[] out = new long[a.length];
        for (int k = 0; k < out.length; k += Zq.WORDS) {
            Zq.mul(a, k, b, k, out, k);
        }
        return out;
    }

    /** Every element times the element in {@code factor[0..3]}. */
    public static long[] scale(long[] a, long[] factor) {
        long[] out = new long[a.length];
        for (int k = 0; k < out.length; k += Zq.WORDS) {
            Zq.mul(a, k, factor, 0, out, k);
        }
        return out;
    }

    /** One element: the sum of all. */
    public static long[] sum(long[] a) {
        long[] out = new long[Zq.WORDS];
        for (int k = 0; k < a.length; k += Zq.WORDS) {
            Zq.add(out, 0, a, k, out, 0);
        }
        return out;
    }

    public static long[] repeat(long[] element, int times) {
        long[] out = new long[times * Zq.WORDS];
        for (int k = 0; k < out.length; k += Zq.WORDS) {
            System.arraycopy(element, 0, out, k, Zq.WORDS);
        }
        return out;
    }

    /** {@code sums} elements: element s is the sum of a[k]*b[k] over the s-th of equally long runs. */
    public static long[] dots(long[] a, long[] b, int sums) {
        requireSameLength(a, b);
        long[] out = new long[sums * Zq.WORDS];
        long[] product = new long[Zq.WORDS];
        int run = sums == 0 ? 0 : a.length / sums;
        for (int s = 0; s < sums; s++) {
            int to = s * Zq.WORDS;
            for (int k = s * run; k < (s + 1) * run; k += Zq.WORDS) {
                Zq.mul(a, k, b, k, product, 0);
                Zq.add(out, to, product, 0, out, to);
            }
        }
        return out;
    }

    /** 1/x each; zero gives zero. */
    public static long[] invert(long[] a) {
        long[] out = new long[a.length];
        for (int k = 0; k < a.length; k += Zq.WORDS) {
            Zq.invert(a, k, out, k);
        }
        return out;
    }

    /** From integers below 2^256, four little-endian words each, reduced. */
    public static long[] fromIntegers(long[] words) {
        long[] out = new long[words.length];
        for (int k = 0; k < words.length; k += Zq.WORDS) {
            Zq.fromInteger(words, k, out, k);
        }
        return out;
    }

    /** 32 bytes big-endian each. */
    public static byte[] encode(long[] a) {
        byte[] out = new byte[a.length / Zq.WORDS * Zq.BYTES];
        for (int k = 0; k < a.length; k++) {
            Bytes.putLongBigEndian(a[k], out, bigEndianPlace(k));
        }
        return out;
    }

    /**
     * Reads 32 bytes big-endian each.
     *
     * @throws NotCanonicalException if an element is at or above q
     * @throws IllegalArgumentException if the length is no multiple of 32
     */
    public static long[] decode(byte[] in) {
        if (in.length % Zq.BYTES != 0) {
            throw new IllegalArgumentException(in.length + " bytes are no vector over Z_Q");
        }
        long[] out = new long[in.length / Zq.BYTES * Zq.WORDS];
        for (int k = 0; k < out.length; k++) {
            out[k] = Bytes.longBigEndian(in, bigEndianPlace(k));
        }
        for (int k = 0; k < out.length; k += Zq.WORDS) {
            if (!Zq.belowModulus(out, k)) {
                throw new NotCanonicalException("Z_Q");
            }
        }
        return out;
    }

    /** Byte position of word k: elements ascend, words within an element descend. */
    private static int bigEndianPlace(int k) {
        return (k & -Zq.WORDS) * Long.BYTES + (Zq.WORDS - 1 - (k & (Zq.WORDS - 1))) * Long.BYTES;
    }

    private static void requireSameLength(long[] a, long[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException(
                    "vectors of " + a.length / Zq.WORDS + " and " + b.length / Zq.WORDS + " elements");
        }
    }
}
