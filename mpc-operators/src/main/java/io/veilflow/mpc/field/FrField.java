package io.veilflow.mpc.field;

/** BN254's scalar field, see {@link Fr}. */
final class FrField implements PrimeField {
    @Override
    public String label() {
        return "Fr";
    }

    @Override
    public int words() {
        return Fr.WORDS;
    }

    @Override
    public int bytes() {
        return Fr.BYTES;
    }

    @Override
    public int prssBytes() {
        return Fr.PRSS_BYTES;
    }

    @Override
    public long[] one() {
        return Fr.one();
    }

    @Override
    public long[] element(long value) {
        return FrVector.fromIntegers(new long[] {value, 0, 0, 0});
    }

    @Override
    public long[] fromIntegers(long[] integers) {
        return Int192.toFr(integers);
    }

    @Override
    public long[] add(long[] a, long[] b) {
        return FrVector.add(a, b);
    }

    @Override
    public long[] subtract(long[] a, long[] b) {
        return FrVector.subtract(a, b);
    }

    @Override
    public long[] multiply(long[] a, long[] b) {
        return FrVector.multiply(a, b);
    }

    @Override
    public long[] scale(long[] a, long[] factor) {
        return FrVector.scale(a, factor);
    }

    @Override
    public long[] sum(long[] a) {
        return FrVector.sum(a);
    }

    @Override
    public long[] repeat(long[] element, int times) {
        return FrVector.repeat(element, times);
    }

    @Override
    public long[] dots(long[] a, long[] b, int sums) {
        return FrVector.dots(a, b, sums);
    }

    @Override
    public long[] invert(long[] a) {
        return FrVector.invert(a);
    }

    @Override
    public byte[] encode(long[] a) {
        return FrVector.encode(a);
    }

    @Override
    public long[] decode(byte[] in) {
        return FrVector.decode(in);
    }

    @Override
    public void fromPrss(byte[] in, int at, int count, long[] out, int to) {
        long[] scratch = new long[Fr.PRSS_SCRATCH];
        for (int k = 0; k < count; k++) {
            Fr.fromPrss(in, at + k * Fr.PRSS_BYTES, out, to + k * Fr.WORDS, scratch);
        }
    }

    @Override
    public void multiply(long[] a, int at, long[] b, int bt, long[] out, int to) {
        Fr.mul(a, at, b, bt, out, to);
    }

    @Override
    public void add(long[] a, int at, long[] b, int bt, long[] out, int to) {
        Fr.add(a, at, b, bt, out, to);
    }

    @Override
    public void subtract(long[] a, int at, long[] b, int bt, long[] out, int to) {
        Fr.sub(a, at, b, bt, out, to);
    }

    @Override
    public long[] crossDots(long[] a, long[] b, long[] c, long[] d, int sums) {
        return FrVector.crossDots(a, b, c, d, sums);
    }

    @Override
    public ProductSum productSum() {
        return new FrProductSum();
    }

    @Override
    public void quotientsFromPrss(byte[] in, int at, int count, long[] out, int to) {
        for (int k = 0; k < count; k++) {
            Fr.quotientFromPrss(in, at + k * Fr.PRSS_BYTES, out, to + k * Fr.WORDS);
        }
    }

    @Override
    public long[] quotientFactor() {
        return Fr.quotientFactor();
    }
}
