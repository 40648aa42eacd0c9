package io.veilflow.mpc.verification;

/**
 * One side of the AND statement as words of 64 gates (PROTOCOLS 4.5): entries (a*c, c, a, 1) per gate, negated where
 * the sign bit is one, times the constants kappa on the left side. Left: a = x_i, c = y_i, sign e. Right: a = y_{i+1},
 * c = x_{i+1}, sign r_{i+1}. Refers to columns of the ledger; holds secrets.
 *
 * @param first a
 * @param second c
 * @param from first word of the batch in all but the signs
 * @param words of the batch
 * @param signs where {@code signFrom} is its first word
 */
record AndSide(long[] first, long[] second, int from, int words, long[] signs, int signFrom) {
    /** Words that share a block: gate p of a block is word p of its group. */
    static final int GROUP = 8;

    /** Field entries of one gate. */
    static final int ENTRIES = 4;

    /** K of the first level. */
    static final int BLOCK = GROUP * ENTRIES;

    /** Zero words are counted in. */
    int groups() {
        return (words + GROUP - 1) / GROUP;
    }

    /** Word {@code index} of a, zero behind the end. */
    long first(int index) {
        return index < words ? first[from + index] : 0;
    }

    long second(int index) {
        return index < words ? second[from + index] : 0;
    }

    long sign(int index) {
        return index < words ? signs[signFrom + index] : 0;
    }

    @Override
    public String toString() {
        return "AndSide[" + words + " words]";
    }
}
