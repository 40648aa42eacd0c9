package io.veilflow.zk.rule;

import java.math.BigInteger;

/** Exact integer bounds of a value, both ends included. Bounds are public: they follow from the rule alone. */
public record Interval(BigInteger min, BigInteger max) {
    public Interval {
        if (min.compareTo(max) > 0) {
            throw new IllegalArgumentException("empty interval");
        }
    }

    /** All values of a given number of bits: [0, 2^bits - 1]. */
    public static Interval ofBits(int bits) {
        return new Interval(BigInteger.ZERO, BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE));
    }

    public static Interval of(BigInteger value) {
        return new Interval(value, value);
    }

    public Interval plus(Interval other) {
        return new Interval(min.add(other.min), max.add(other.max));
    }

    public Interval minus(Interval other) {
        return new Interval(min.subtract(other.max), max.subtract(other.min));
    }

    /** The extremes of the four products of the bounds. */
    public Interval times(Interval other) {
        BigInteger a = min.multiply(other.min);
        BigInteger b = min.multiply(other.max);
        BigInteger c = max.multiply(other.min);
        BigInteger d = max.multiply(other.max);
        return new Interval(a.min(b).min(c).min(d), a.max(b).max(c).max(d));
    }

    /** The sum of {@code count} values of this interval. */
    public Interval times(int count) {
        BigInteger factor = BigInteger.valueOf(count);
        return new Interval(min.multiply(factor), max.multiply(factor));
    }

    /** The least interval that holds both. */
    public Interval hull(Interval other) {
        return new Interval(min.min(other.min), max.max(other.max));
    }

    public boolean contains(BigInteger value) {
        return min.compareTo(value) <= 0 && value.compareTo(max) <= 0;
    }

    public BigInteger largestMagnitude() {
        return min.abs().max(max.abs());
    }

    /** Bits of the largest absolute value; 0 if the value is always zero. */
    public int magnitudeBits() {
        return largestMagnitude().bitLength();
    }

    /** The least w >= 1 with -2^w <= x <= 2^w - 1 for every x of this interval. */
    public int signedWidth() {
        return Math.max(1, Math.max(min.bitLength(), max.bitLength()));
    }

    /** [min, max] with bounds beyond 20 digits as powers of two that hold them. */
    @Override
    public String toString() {
        return "[" + readable(min) + ", " + readable(max) + "]";
    }

    private static String readable(BigInteger bound) {
        if (bound.bitLength() <= 20) {
            return bound.toString();
        }
        BigInteger magnitude = bound.abs();
        String sign = bound.signum() < 0 ? "-" : "";
        if (magnitude.bitCount() == 1) {
            return sign + "2^" + (magnitude.bitLength() - 1);
        }
        if (magnitude.add(BigInteger.ONE).bitCount() == 1) {
            return sign + "(2^" + magnitude.bitLength() + "-1)";
        }
        return sign + "<2^" + magnitude.bitLength();
    }
}
