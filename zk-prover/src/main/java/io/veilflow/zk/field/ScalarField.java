package io.veilflow.zk.field;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/** Encoding of BN254 scalars: 32 bytes big-endian, below r. */
public final class ScalarField {
    public static final int BYTES = 32;
    public static final BigInteger MODULUS =
            new BigInteger("30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001", 16);

    /** Draws of this many bytes reduce to a scalar with a bias below 2^-128. */
    private static final int DRAW_BYTES = 48;

    private static final byte[] MODULUS_BYTES = unsigned(MODULUS);

    private ScalarField() {}

    /**
     * A value that is public, or the caller's own.
     *
     * @throws IllegalArgumentException if it is negative or not below r; the message does not show it
     */
    public static byte[] encode(BigInteger value) {
        if (value.signum() < 0 || value.compareTo(MODULUS) >= 0) {
            throw new IllegalArgumentException("not a canonical scalar");
        }
        return unsigned(value);
    }

    /** Concatenated encodings. */
    public static byte[] encode(List<BigInteger> values) {
        byte[] bytes = new byte[values.size() * BYTES];
        for (int k = 0; k < values.size(); k++) {
            System.arraycopy(encode(values.get(k)), 0, bytes, k * BYTES, BYTES);
        }
        return bytes;
    }

    /** @throws IllegalArgumentException if the bytes are not canonical */
    public static BigInteger decode(byte[] bytes) {
        requireCanonical(bytes);
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException(bytes.length + " bytes, a scalar has " + BYTES);
        }
        return new BigInteger(1, bytes);
    }

    /**
     * Checks concatenated scalars; the time does not depend on their values.
     *
     * @throws IllegalArgumentException if the length is no multiple of 32 or a scalar is not below r
     */
    public static void requireCanonical(byte[] scalars) {
        if (scalars.length % BYTES != 0) {
            throw new IllegalArgumentException(scalars.length + " bytes are no whole scalars");
        }
        int outside = 0;
        for (int at = 0; at < scalars.length; at += BYTES) {
            int borrow = 0;
            for (int k = BYTES - 1; k >= 0; k--) {
                borrow = ((scalars[at + k] & 0xff) - (MODULUS_BYTES[k] & 0xff) - borrow) >>> 31;
            }
            outside |= borrow ^ 1;
        }
        if (outside != 0) {
            throw new IllegalArgumentException("a scalar is not below r");
        }
    }

    /** The negative of a public scalar. */
    public static byte[] negate(byte[] scalar) {
        return unsigned(decode(scalar).negate().mod(MODULUS));
    }

    /** A uniform scalar, for secrets of the caller's own: 48 random bytes mod r. */
    public static byte[] random(SecureRandom random) {
        byte[] draw = new byte[DRAW_BYTES];
        random.nextBytes(draw);
        byte[] scalar = unsigned(new BigInteger(1, draw).mod(MODULUS));
        Arrays.fill(draw, (byte) 0);
        return scalar;
    }

    private static byte[] unsigned(BigInteger value) {
        byte[] minimal = value.toByteArray();
        byte[] bytes = new byte[BYTES];
        int length = Math.min(minimal.length, BYTES);
        System.arraycopy(minimal, minimal.length - length, bytes, BYTES - length, length);
        return bytes;
    }
}
