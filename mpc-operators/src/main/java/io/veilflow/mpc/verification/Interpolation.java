package io.veilflow.mpc.verification;

import io.veilflow.mpc.field.PrimeField;
import java.util.Arrays;

/** Lagrange bases on the points 0, 1, 2, .. of one field. Holds nothing secret but what passes through. */
final class Interpolation {
    private final PrimeField field;
    private final int largest;
    private final long[] inverseFactorials;

    /** @param largest most points of a basis */
    Interpolation(PrimeField field, int largest) {
        this.field = field;
        this.largest = largest;
        int words = field.words();
        long[] factorial = field.one();
        for (int k = 2; k < largest; k++) {
            factorial = field.multiply(factorial, field.element(k));
        }
        this.inverseFactorials = new long[largest * words];
        long[] inverse = field.invert(factorial);
        for (int k = largest - 1; k >= 0; k--) {
            System.arraycopy(inverse, 0, inverseFactorials, k * words, words);
            inverse = field.multiply(inverse, field.element(k));
        }
    }

    /** The values at x of the basis on 0..points-1, flat. */
    long[] basis(int points, long[] x) {
        if (points > largest) {
            throw new IllegalArgumentException(points + " points, at most " + largest);
        }
        int words = field.words();
        long[] out = new long[points * words];
        long[] before = field.one();
        for (int k = 0; k < points; k++) {
            System.arraycopy(field.multiply(before, weight(points, k)), 0, out, k * words, words);
            before = field.multiply(before, field.subtract(x, field.element(k)));
        }
        long[] after = field.one();
        for (int k = points - 1; k >= 0; k--) {
            long[] value = field.multiply(after, Arrays.copyOfRange(out, k * words, (k + 1) * words));
            System.arraycopy(value, 0, out, k * words, words);
            after = field.multiply(after, field.subtract(x, field.element(k)));
        }
        return out;
    }

    /** The inverse of the product of k - j over all other points j. */
    private long[] weight(int points, int k) {
        long[] out = field.multiply(inverseFactorial(k), inverseFactorial(points - 1 - k));
        return (points - 1 - k) % 2 == 0 ? out : field.subtract(new long[field.words()], out);
    }

    private long[] inverseFactorial(int k) {
        return Arrays.copyOfRange(inverseFactorials, k * field.words(), (k + 1) * field.words());
    }

    /** The value at x of the polynomial through these points. */
    long[] value(long[] points, long[] x) {
        return field.dots(points, basis(points.length / field.words(), x), 1);
    }
}
