package io.veilflow.datasets.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * One kind of number of a job: an integer count of {@code 10^-decimals} of the unit, {@code minimum <= count <=
 * maximum}.
 *
 * @param name what the number is, for messages
 * @param unit what it counts, for people
 * @param decimals digits behind the decimal point, 0 to 18
 */
public record FixedPoint(String name, String unit, int decimals, BigInteger minimum, BigInteger maximum) {
    /** 2^64 - 1, the largest amount and the largest scaled price of a job (PROTOCOLS 14). */
    public static final BigInteger UNSIGNED_64_MAX =
            BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    public static final int PRICE_DECIMALS = 8;
    public static final int BASIS_POINTS_PER_UNIT = 10_000;

    private static final int DECIMALS_MAX = 18;

    public FixedPoint {
        if (decimals < 0 || decimals > DECIMALS_MAX) {
            throw new IllegalArgumentException(name + ": " + decimals + " decimals, 0 to 18 are possible");
        }
        if (minimum.compareTo(maximum) > 0) {
            throw new IllegalArgumentException(name + ": the minimum is above the maximum");
        }
    }

    /** An amount of an asset, unsigned 64-bit. */
    public static FixedPoint amount(Asset asset) {
        return new FixedPoint(
                asset.symbol() + " amount", asset.symbol(), asset.decimals(), BigInteger.ZERO, UNSIGNED_64_MAX);
    }

    /** A price in US dollars with 8 decimals, unsigned 64-bit, never 0. */
    public static FixedPoint price(String symbol) {
        return new FixedPoint(symbol + " price", "USD", PRICE_DECIMALS, BigInteger.ONE, UNSIGNED_64_MAX);
    }

    /** A share of one in basis points, 0 to 10,000. */
    public static FixedPoint basisPoints(String name) {
        return new FixedPoint(name, "1/10000", 4, BigInteger.ZERO, BigInteger.valueOf(BASIS_POINTS_PER_UNIT));
    }

    /**
     * The count for a decimal number.
     *
     * @param rounding what becomes of digits behind the last decimal; {@link RoundingMode#UNNECESSARY} refuses them
     * @throws InvalidDatasetException outside the bounds, or with digits too many
     */
    public BigInteger encode(BigDecimal value, RoundingMode rounding) {
        // A crafted exponent such as 1e999999999 would otherwise ask for gigabytes of digits.
        if (value.signum() != 0 && value.precision() - (long) value.scale() > 40) {
            throw new InvalidDatasetException(name, "is above its maximum");
        }
        BigInteger count;
        try {
            count = value.setScale(decimals, rounding).unscaledValue();
        } catch (ArithmeticException e) {
            throw new InvalidDatasetException(name, "has more than " + decimals + " decimals");
        }
        return require(count);
    }

    /** Returns the count itself, or refuses it outside the bounds. */
    public BigInteger require(BigInteger count) {
        if (count.compareTo(minimum) < 0) {
            throw new InvalidDatasetException(name, "is below its minimum");
        }
        if (count.compareTo(maximum) > 0) {
            throw new InvalidDatasetException(name, "is above its maximum");
        }
        return count;
    }

    /** The decimal number for a count. */
    public BigDecimal decode(BigInteger count) {
        return new BigDecimal(count, decimals);
    }
}
