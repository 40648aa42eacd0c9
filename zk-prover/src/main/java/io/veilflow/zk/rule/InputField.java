package io.veilflow.zk.rule;

import java.math.BigInteger;

/**
 * One secret number of a slot: minimum <= value <= maximum. An empty slot is zero, so zero lies between them.
 *
 * @param minimum above -2^64, zero or negative
 * @param maximum below 2^64, zero or positive, above the minimum
 */
public record InputField(String name, BigInteger minimum, BigInteger maximum) {

    /** 0 <= value < 2^bits. */
    public static InputField ofBits(String name, int bits) {
        return new InputField(
                name, BigInteger.ZERO, BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE));
    }

    /** Bits of value - minimum. */
    public int bits() {
        return maximum.subtract(minimum).bitLength();
    }

    /** Whether every number of {@link #bits()} bits is a value above the minimum: one range shows both ends then. */
    public boolean fillsItsBits() {
        return maximum.subtract(minimum).add(BigInteger.ONE).bitCount() == 1;
    }

    public boolean contains(BigInteger value) {
        return minimum.compareTo(value) <= 0 && value.compareTo(maximum) <= 0;
    }
}
