package io.veilflow.mpc.field;

/** F_p61, see {@link P61}: one word per element. */
final class P61Field implements PrimeField {
    @Override
    public String label() {
        return "F_p61";
    }

    @Override
    public int words() {
        return 1;
    }

    @Override
    public int bytes() {
        return P61Vector.BYTES;
    }

    @Override
    public int prssBytes() {
        return P61Vector.PRSS_BYTES;
    }

    @Override
    public long[] one() {
        return new long[] {1};
    }

    @Override
    public long[] element(long value) {
        return new long[] {value % P61Vector.P};
    }

    @Override
    public long[] fromIntegers(long[] integers) {
        return Int192.toP61(integers);
    }

    @Override
    public long[] add(long[] a, long[] b) {
        return P61Vector.add(a, b);
    }

    @Override
    public long[] subtract(long[] a, long[] b) {
        return P61Vector.subtract(a, b);
    }

    @Override
    public long[] multiply(long[] a, long[] b) {
        return P61Vector.multiply(a, b);
    }

    @Override
    public long[] scale(long[] a, long[] factor) {
        return P61Vector.scale(a, factor);
    }

    @Override
    public long[] sum(long[] a) {
        return P61Vector.sum(a);
    }

    @Override
    public long[] repeat(long[] element, int times) {
        return P61Vector.repeat(element, times);
    }

    @Override
    public long[] dots(long[] a, long[] b, int sums) {
        return P61Vector.dots(a, b, sums);
    }

    @Override
    public long[] invert(long[] a) {
        return P61Vector.invert(a);
    }

    @Override
    public byte[] encode(long[] a) {
        return Words.encode(a);
    }

    @Override
    public long[] decode(byte[] in) {
        return P61Vector.decode(in);
    }

    @Override
    public void fromPrss(byte[] in, int at, int count, long[] out, int to) {
        P61Vector.fromPrss(in, at, count, out, to);
    }

    @Override
    public void multiply(long[] a, int at, long[] b, int bt, long[] out, int to) {
        out[to] = io.veilflow.mpc.field.P61.mul(a[at], b[bt]);
    }

    @Override
    public void add(long[] a, int at, long[] b, int bt, long[] out, int to) {
        out[to] = io.veilflow.mpc.field.P61.add(a[at], b[bt]);
    }

    @Override
    public void subtract(long[] a, int at, long[] b, int bt, long[] out, int to) {
        out[to] = io.veilflow.mpc.field.P61.sub(a[at], b[bt]);
    }

    @Override
    public long[] crossDots(long[] a, long[] b, long[] c, long[] d, int sums) {
        return P61Vector.crossDots(a, b, c, d, sums);
    }

    @Override
    public ProductSum productSum() {
        return new P61ProductSum();
    }
}
