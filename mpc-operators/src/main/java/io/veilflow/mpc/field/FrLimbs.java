package io.veilflow.mpc.field;

/**
 * Sums of products over Fr that are reduced once, at the end. An operand is five limbs of 52 bits, which may be signed
 * as long as each is below 2^57; a sum is ten columns of 52 bits, a total of very many products eleven. Montgomery's
 * factor is that of {@link Fr}. Flat arrays, no branch and no index depends on a value.
 */
public final class FrLimbs {
    /** Limbs of an operand. */
    public static final int LIMBS = 5;

    /** Columns of a sum. */
    public static final int SUM = 2 * LIMBS;

    /** Columns of a total. */
    public static final int TOTAL = SUM + 1;

    /** So many products of normal operands fit into a sum before it must be carried into a total. */
    public static final int PRODUCTS_OF_A_SUM = 64;

    private static final int BITS = 52;
    private static final long MASK = (1L << BITS) - 1;

    /** r * 2^300: makes every total positive and changes no residue. */
    private static final long[] OFFSET = {
        0,
        0,
        0,
        0,
        0,
        0x10000000000L,
        0x43e1f593f0000L,
        0x3e84879b97091L,
        0xb68181585d283L,
        0x131a029b85045L,
        0x30644e72eL
    };

    /** 1, 2^256 and 2^512 mod r. */
    private static final long[] POWERS = {
        1,
        0,
        0,
        0,
        0xac96341c4ffffffbL,
        0x36fc76959f60cd29L,
        0x666ea36f7879462eL,
        0x0e0a77c19a07df2fL,
        0x1bb8e645ae216da7L,
        0x53fe3ab1e35c59e3L,
        0x8c49833d53bb8085L,
        0x0216d0b17f4e44a5L
    };

    private FrLimbs() {}

    /** Splits the four words of an integer below 2^256. */
    public static void split(long[] words, int at, long[] limbs, int to) {
        long w0 = words[at];
        long w1 = words[at + 1];
        long w2 = words[at + 2];
        long w3 = words[at + 3];
        limbs[to] = w0 & MASK;
        limbs[to + 1] = (w0 >>> 52 | w1 << 12) & MASK;
        limbs[to + 2] = (w1 >>> 40 | w2 << 24) & MASK;
        limbs[to + 3] = (w2 >>> 28 | w3 << 36) & MASK;
        limbs[to + 4] = w3 >>> 16;
    }

    /** Brings all limbs but the highest into [0, 2^52); the highest keeps the sign. */
    public static void normalise(long[] limbs, int at) {
        long carry = 0;
        for (int k = 0; k < LIMBS - 1; k++) {
            long limb = limbs[at + k] + carry;
            limbs[at + k] = limb & MASK;
            carry = limb >> BITS;
        }
        limbs[at + LIMBS - 1] += carry;
    }

    /** sum += a*b. */
    public static void multiplyAdd(long[] a, int at, long[] b, int bt, long[] sum, int to) {
        long b0 = b[bt];
        long b1 = b[bt + 1];
        long b2 = b[bt + 2];
        long b3 = b[bt + 3];
        long b4 = b[bt + 4];
        long t0 = 0;
        long t1 = 0;
        long t2 = 0;
        long t3 = 0;
        long t4 = 0;
        for (int k = 0; k < LIMBS; k++) {
            long x = a[at + k];
            sum[to + k] += t0 + (x * b0 & MASK);
            t0 = t1 + high(x, b0) + (x * b1 & MASK);
            t1 = t2 + high(x, b1) + (x * b2 & MASK);
            t2 = t3 + high(x, b2) + (x * b3 & MASK);
            t3 = t4 + high(x, b3) + (x * b4 & MASK);
            t4 = high(x, b4);
        }
        sum[to + 5] += t0;
        sum[to + 6] += t1;
        sum[to + 7] += t2;
        sum[to + 8] += t3;
        sum[to + 9] += t4;
    }

    /** floor(a*b / 2^52) for signed limbs below 2^57. */
    private static long high(long a, long b) {
        return Math.multiplyHigh(a << 6, b << 6);
    }

    /** Takes a sum below r * 2^260 and not negative as the element sum / 2^260, and clears it. */
    public static void reduce(long[] sum, int at, long[] out, int to) {
        long t0 = sum[at];
        long t1 = sum[at + 1];
        long t2 = sum[at + 2];
        long t3 = sum[at + 3];
        long t4 = sum[at + 4];
        for (int k = 0; k < LIMBS; k++) {
            long m = t0 * Fr.NEGATIVE_INVERSE & MASK;
            t0 += m * Fr.P_0 & MASK;
            t0 = t1 + (t0 >>> BITS) + high(m, Fr.P_0) + (m * Fr.P_1 & MASK);
            t1 = t2 + high(m, Fr.P_1) + (m * Fr.P_2 & MASK);
            t2 = t3 + high(m, Fr.P_2) + (m * Fr.P_3 & MASK);
            t3 = t4 + high(m, Fr.P_3) + (m * Fr.P_4 & MASK);
            t4 = sum[at + LIMBS + k] + high(m, Fr.P_4);
        }
        for (int k = 0; k < SUM; k++) {
            sum[at + k] = 0;
        }
        t1 += t0 >>> BITS;
        t2 += t1 >>> BITS;
        t3 += t2 >>> BITS;
        t4 += t3 >>> BITS;
        t0 &= MASK;
        t1 &= MASK;
        t2 &= MASK;
        t3 &= MASK;
        Fr.reduceOnce(t0 | t1 << 52, t1 >>> 12 | t2 << 40, t2 >>> 24 | t3 << 28, t3 >>> 36 | t4 << 16, out, to);
    }

    /** Adds a sum of either sign to a total and clears it. */
    public static void carry(long[] sum, int at, long[] total, int to) {
        long carry = 0;
        for (int k = 0; k < SUM; k++) {
            long column = total[to + k] + sum[at + k] + carry;
            sum[at + k] = 0;
            total[to + k] = column & MASK;
            carry = column >> BITS;
        }
        total[to + SUM] += carry;
    }

    /** The element total / 2^260, for a total of at most 2^24 products of operands within 2^7 r. */
    public static void reduceTotal(long[] total, int at, long[] out, int to) {
        long[] words = new long[12];
        long carry = 0;
        for (int k = 0; k < TOTAL; k++) {
            long column = total[at + k] + OFFSET[k] + carry;
            carry = column >> BITS;
            long limb = k == TOTAL - 1 ? column : column & MASK;
            int bit = k * BITS;
            words[bit >>> 6] |= limb << (bit & 63);
            if ((bit & 63) > 64 - BITS) {
                words[(bit >>> 6) + 1] |= limb >>> 64 - (bit & 63);
            }
        }
        long[] sum = new long[Fr.WORDS];
        long[] term = new long[Fr.WORDS];
        for (int part = 0; part < words.length; part += Fr.WORDS) {
            Fr.mul(words, part, POWERS, part, term, 0);
            Fr.add(sum, 0, term, 0, sum, 0);
        }
        System.arraycopy(sum, 0, out, to, Fr.WORDS);
    }
}
