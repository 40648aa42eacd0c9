package io.veilflow.mpc.field;

/** A sum of products over one field that is reduced as late as the field allows. Holds what was added. */
public sealed interface ProductSum permits FrProductSum, P61ProductSum, ZqProductSum {
    /** Adds a[at] * b[bt], one canonical element each; the positions count words. */
    void add(long[] a, int at, long[] b, int bt);

    /** One element: the sum of all so far. */
    long[] value();
}
