package io.veilflow.mpc.field;

/**
 * A prime field as vectors of flat words: element k of a vector is the {@link #words()} words from k*words() on, always
 * canonical. Operands stay as they are, results are new arrays; no branch and no index depends on a value. The scalar
 * arithmetic is in {@link Fr}, {@link P61} and {@link Zq}.
 */
public sealed interface PrimeField permits FrField, P61Field, ZqField {
    PrimeField FR = new FrField();
    PrimeField P61 = new P61Field();
    PrimeField ZQ = new ZqField();

    /** As it stands in PRSS purposes and message labels: "Fr", "F_p61", "Z_Q". */
    String label();

    /** Words of one element. */
    int words();

    /** Bytes of one element on the wire. */
    int bytes();

    /** Bytes of generator output that make one element. */
    int prssBytes();

    long[] one();

    /** A small public number, 0 or more. */
    long[] element(long value);

    /** Integers as in {@link Int192}, signed, reduced: one element each. */
    long[] fromIntegers(long[] integers);

    long[] add(long[] a, long[] b);

    long[] subtract(long[] a, long[] b);

    /** Element by element. */
    long[] multiply(long[] a, long[] b);

    /** Every element times the one element {@code factor}. */
    long[] scale(long[] a, long[] factor);

    /** One element: the sum of all. */
    long[] sum(long[] a);

    long[] repeat(long[] element, int times);

    /**
     * Inner products of equally long runs.
     *
     * @return {@code sums} elements; element s is the sum of a[k]*b[k] over the s-th run
     */
    long[] dots(long[] a, long[] b, int sums);

    /** Element by element 1/a; zero gives zero. */
    long[] invert(long[] a);

    byte[] encode(long[] a);

    /**
     * @throws NotCanonicalException if an element is at or above the modulus
     * @throws IllegalArgumentException if the length is no multiple of {@link #bytes()}
     */
    long[] decode(byte[] in);

    /** out[to] = a[at] * b[bt], one element each; the positions count words. */
    void multiply(long[] a, int at, long[] b, int bt, long[] out, int to);

    /** out[to] = a[at] + b[bt], one element each; the positions count words. */
    void add(long[] a, int at, long[] b, int bt, long[] out, int to);

    /** out[to] = a[at] - b[bt], one element each; the positions count words. */
    void subtract(long[] a, int at, long[] b, int bt, long[] out, int to);

    /**
     * Inner products of equally long runs, two at once: sum s is that of a[k]*(b[k] + d[k]) + c[k]*b[k] over the s-th run.
     *
     * @return {@code sums} elements
     */
    default long[] crossDots(long[] a, long[] b, long[] c, long[] d, int sums) {
        return add(dots(a, add(b, d), sums), dots(c, b, sums));
    }

    /** A sum of products that starts at zero. */
    ProductSum productSum();

    /** Reads {@code count} elements of generator output from {@code at} on and reduces them. */
    void fromPrss(byte[] in, int at, int count, long[] out, int to);

    /**
     * As {@link #fromPrss}, but every element is divided by the constant {@link #quotientFactor}, where that is cheaper. Otherwise the
     * constant is one.
     */
    default void quotientsFromPrss(byte[] in, int at, int count, long[] out, int to) {
        fromPrss(in, at, count, out, to);
    }

    /** One element, public. */
    default long[] quotientFactor() {
        return one();
    }
}
