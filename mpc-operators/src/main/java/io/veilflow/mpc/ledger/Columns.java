package io.veilflow.mpc.ledger;

import java.util.Arrays;

/** Equally long growing columns of words. Holds secrets: wiped when it grows, and at the end. */
final class Columns {
    private static final int FIRST_CAPACITY = 1024;

    private final long[][] columns;
    private int length;

    Columns(int count) {
        this.columns = new long[count][FIRST_CAPACITY];
    }

    int length() {
        return length;
    }

    /** The first {@link #length()} words mean something; not a copy. */
    long[] column(int index) {
        return columns[index];
    }

    /** One piece for each column, all of one length. */
    void append(long[]... pieces) {
        int added = pieces[0].length;
        reserve(Math.addExact(length, added));
        for (int c = 0; c < columns.length; c++) {
            System.arraycopy(pieces[c], 0, columns[c], length, added);
        }
        length += added;
    }

    private void reserve(int needed) {
        if (needed <= columns[0].length) {
            return;
        }
        int capacity = (int) Math.max(needed, Math.min(Integer.MAX_VALUE - 8L, 2L * columns[0].length));
        for (int c = 0; c < columns.length; c++) {
            long[] larger = Arrays.copyOf(columns[c], capacity);
            Arrays.fill(columns[c], 0);
            columns[c] = larger;
        }
    }

    void wipe() {
        for (long[] column : columns) {
            Arrays.fill(column, 0, length, 0);
        }
        length = 0;
    }
}
