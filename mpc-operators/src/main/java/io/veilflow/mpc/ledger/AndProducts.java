package io.veilflow.mpc.ledger;

/** Unverified ANDs of 64 lanes a word, in execution order (PROTOCOLS 4.4). Holds secrets. */
public final class AndProducts {
    private static final int COLUMNS = 7;

    private final Columns columns = new Columns(COLUMNS);

    AndProducts() {}

    /** The operands' two components each, the masks F_i and F_{i+1}, and the received component of the product. */
    void add(long[] xOwn, long[] xNext, long[] yOwn, long[] yNext, long[] maskOwn, long[] maskNext, long[] zNext) {
        columns.append(xOwn, xNext, yOwn, yNext, maskOwn, maskNext, zNext);
    }

    /** How many words. */
    public int words() {
        return columns.length();
    }

    /** The columns are not copies and may be longer than {@link #words()}. */
    public long[] xOwn() {
        return columns.column(0);
    }

    public long[] xNext() {
        return columns.column(1);
    }

    public long[] yOwn() {
        return columns.column(2);
    }

    public long[] yNext() {
        return columns.column(3);
    }

    public long[] maskOwn() {
        return columns.column(4);
    }

    public long[] maskNext() {
        return columns.column(5);
    }

    public long[] zNext() {
        return columns.column(6);
    }

    void wipe() {
        columns.wipe();
    }

    @Override
    public String toString() {
        return "AndProducts[" + words() + " words]";
    }
}
