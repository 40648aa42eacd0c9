package io.veilflow.mpc.field;

/** One word, always canonical. */
final class P61ProductSum implements ProductSum {
    private long total;

    @Override
    public void add(long[] a, int at, long[] b, int bt) {
        total = P61.add(total, P61.mul(a[at], b[bt]));
    }

    @Override
    public long[] value() {
        return new long[] {total};
    }

    @Override
    public String toString() {
        return "P61ProductSum";
    }
}
