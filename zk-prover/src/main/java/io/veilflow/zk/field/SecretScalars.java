package io.veilflow.zk.field;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Products of BN254 scalars on limbs, for secrets: no branch and no index depends on a value.
 *
 * <p>Montgomery multiplication (P. Montgomery, "Modular multiplication without trial division", 1985), coarsely
 * integrated, 8 limbs of 32 bits, R = 2^256. A product costs two of them, the second by R^2 mod r.
 */
public final class SecretScalars {
    private static final int LIMBS = 8;
    private static final long MASK = 0xffffffffL;
    private static final long[] MODULUS = limbs(ScalarField.MODULUS.toByteArray(), 0);
    private static final long[] R_SQUARED =
            limbs(ScalarField.encode(BigInteger.ONE.shiftLeft(512).mod(ScalarField.MODULUS)), 0);
    /** -1/r mod 2^32. */
    private static final long MINUS_INVERSE = ScalarField.MODULUS
            .negate()
            .modInverse(BigInteger.ONE.shiftLeft(32))
            .longValue();

    private SecretScalars() {}

    /**
     * Every scalar times one factor.
     *
     * @param scalars concatenated, canonical; not modified
     * @param factor 32 bytes, canonical
     * @return concatenated, canonical; belongs to the caller
     */
    public static byte[] scale(byte[] scalars, byte[] factor) {
        long[] montgomeryFactor = montgomery(limbs(factor, 0), R_SQUARED);
        byte[] products = new byte[scalars.length];
        for (int at = 0; at < scalars.length; at += ScalarField.BYTES) {
            long[] scalar = limbs(scalars, at);
            write(montgomery(scalar, montgomeryFactor), products, at);
            Arrays.fill(scalar, 0);
        }
        Arrays.fill(montgomeryFactor, 0);
        return products;
    }

    /** a * b / 2^256 mod r. */
    private static long[] montgomery(long[] a, long[] b) {
        long[] t = new long[LIMBS + 2];
        for (int i = 0; i < LIMBS; i++) {
            long carry = 0;
            for (int j = 0; j < LIMBS; j++) {
                long v = a[j] * b[i] + t[j] + carry;
                t[j] = v & MASK;
                carry = v >>> 32;
            }
            long top = t[LIMBS] + carry;
            t[LIMBS] = top & MASK;
            t[LIMBS + 1] = top >>> 32;
            long m = (t[0] * MINUS_INVERSE) & MASK;
            carry = (m * MODULUS[0] + t[0]) >>> 32;
            for (int j = 1; j < LIMBS; j++) {
                long v = m * MODULUS[j] + t[j] + carry;
                t[j - 1] = v & MASK;
                carry = v >>> 32;
            }
            top = t[LIMBS] + carry;
            t[LIMBS - 1] = top & MASK;
            t[LIMBS] = t[LIMBS + 1] + (top >>> 32);
        }
        return reduceOnce(t);
    }

    /** x mod r for x below 2r, by a subtraction that always happens and a selection by mask. */
    private static long[] reduceOnce(long[] x) {
        long[] difference = new long[LIMBS];
        long borrow = 0;
        for (int k = 0; k < LIMBS; k++) {
            long v = x[k] - MODULUS[k] - borrow;
            difference[k] = v & MASK;
            borrow = v >>> 63;
        }
        long keep = -borrow;
        long[] reduced = new long[LIMBS];
        for (int k = 0; k < LIMBS; k++) {
            reduced[k] = (x[k] & keep) | (difference[k] & ~keep);
        }
        return reduced;
    }

    private static long[] limbs(byte[] bytes, int at) {
        long[] limbs = new long[LIMBS];
        for (int k = 0; k < LIMBS; k++) {
            int p = at + ScalarField.BYTES - 4 * (k + 1);
            limbs[k] = ((bytes[p] & 0xffL) << 24)
                    | ((bytes[p + 1] & 0xffL) << 16)
                    | ((bytes[p + 2] & 0xffL) << 8)
                    | (bytes[p + 3] & 0xffL);
        }
        return limbs;
    }

    private static void write(long[] limbs, byte[] bytes, int at) {
        for (int k = 0; k < LIMBS; k++) {
            int p = at + ScalarField.BYTES - 4 * (k + 1);
            bytes[p] = (byte) (limbs[k] >>> 24);
            bytes[p + 1] = (byte) (limbs[k] >>> 16);
            bytes[p + 2] = (byte) (limbs[k] >>> 8);
            bytes[p + 3] = (byte) limbs[k];
        }
    }
}
