package io.veilflow.mpc.field;

/** Products in limbs, carried every {@link FrLimbs#PRODUCTS_OF_A_SUM} and reduced at the end. */
final class FrProductSum implements ProductSum {
    private final long[] limbs = new long[2 * FrLimbs.LIMBS];
    private final long[] sum = new long[FrLimbs.SUM];
    private final long[] total = new long[FrLimbs.TOTAL];
    private int products;

    @Override
    public void add(long[] a, int at, long[] b, int bt) {
        if (products == FrLimbs.PRODUCTS_OF_A_SUM) {
            carry();
        }
        FrLimbs.split(a, at, limbs, 0);
        FrLimbs.split(b, bt, limbs, FrLimbs.LIMBS);
        FrLimbs.multiplyAdd(limbs, 0, limbs, FrLimbs.LIMBS, sum, 0);
        products++;
    }

    private void carry() {
        FrLimbs.carry(sum, 0, total, 0);
        products = 0;
    }

    @Override
    public long[] value() {
        carry();
        long[] out = new long[Fr.WORDS];
        FrLimbs.reduceTotal(total, 0, out, 0);
        return out;
    }

    @Override
    public String toString() {
        return "FrProductSum";
    }
}
