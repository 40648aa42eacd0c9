package io.veilflow.mpc.field;

/** The scalars of secp256k1, see {@link Zq}. */
final class ZqField implements PrimeField {
    @Override
    public String label() {
        return "Z_Q";
    }

    @Override
    public int words() {
        return Zq.WORDS;
    }

    @Override
    public int bytes() {
        return Zq.BYTES;
    }

    @Override
    public int prssBytes() {
        return Zq.PRSS_BYTES;
    }

    @Override
    public long[] one() {
        return Zq.one();
    }

    @Override
    public long[] element(long value) {
        return new long[] {value, 0, 0, 0};
    }

    @Override
    public long[] fromIntegers(long[] integers) {
        return Int192.toZq(integers);
    }

    @Override
    public long[] add(long[] a, long[] b) {
        return ZqVector.add(a, b);
    }

    @Override
    public long[] subtract(long[] a, long[] b) {
        return ZqVector.subtract(a, b);
    }

    @Override
    public long[] multiply(long[] a, long[] b) {
        return ZqVector.multiply(a, b);
    }

    @Override
    public long[] scale(long[] a, long[] factor) {
        return ZqVector.scale(a, factor);
    }

    @Override
    public long[] sum(long[] a) {
        return ZqVector.sum(a);
    }

    @Override
    public long[] repeat(long[] element, int times) {
        return ZqVector.repeat(element, times);
    }

    @Override
    public long[] dots(long[] a, long[] b, int sums) {
        return ZqVector.dots(a, b, sums);
    }

    @Override
    public long[] invert(long[] a) {
        return ZqVector.invert(a);
    }

    @Override
    public byte[] encode(long[] a) {
        return ZqVector.encode(a);
    }

    @Override
    public long[] decode(byte[] in) {
        return ZqVector.decode(in);
    }

    @Override
    public void multiply(long[] a, int at, long[] b, int bt, long[] out, int to) {
        Zq.mul(a, at, b, bt, out, to);
    }

    @Override
    public void add(long[] a, int at, long[] b, int bt, long[] out, int to) {
        Zq.add(a, at, b, bt, out, to);
    }

    @Override
    public void subtract(long[] a, int at, long[] b, int bt, long[] out, int to) {
        Zq.sub(a, at, b, bt, out, to);
    }

    @Override
    public long[] crossDots(long[] a, long[] b, long[] c, long[] d, int sums) {
        return ZqVector.add(ZqVector.dots(a, ZqVector.add(b, d), sums), ZqVector.dots(c, b, sums));
    }

    @Override
    public ProductSum productSum() {
        return new ZqProductSum();
    }

    @Override
    public void fromPrss(byte[] in, int at, int count, long[] out, int to) {
        for (int k = 0; k < count; k++) {
            Zq.fromPrss(in, at + k * Zq.PRSS_BYTES, out, to + k * Zq.WORDS);
        }
    }

    @Override
    public void quotientsFromPrss(byte[] in, int at, int count, long[] out, int to) {
        fromPrss(in, at, count, out, to);
    }

    @Override
    public long[] quotientFactor() {
        return one();
    }
}
