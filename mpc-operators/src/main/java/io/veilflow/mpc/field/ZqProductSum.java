package io.veilflow.mpc.field;

/** Every product is reduced at once. */
final class ZqProductSum implements ProductSum {
    private final long[] sum = new long[Zq.WORDS];
    private final long[] product = new long[Zq.WORDS];

    @Override
    public void add(long[] a, int at, long[] b, int bt) {
        Zq.mul(a, at, b, bt, product, 0);
        Zq.add(sum, 0, product, 0, sum, 0);
    }

    @Override
    public long[] value() {
        return sum.clone();
    }

    @Override
    public String toString() {
        return "ZqProductSum";
    }
}
