package io.veilflow.mpc.ledger;

import io.veilflow.mpc.field.PrimeField;
import java.util.ArrayList;
import java.util.List;

/**
 * Unverified inner products over one field, in execution order (PROTOCOLS 4.4, 4.5). A statement is one sum; its terms stand
 * one after another. Holds secrets.
 */
public final class FieldProducts {
    private static final int TERM_COLUMNS = 4;
    private static final int STATEMENT_COLUMNS = 3;

    /**
     * Statements made by one call.
     *
     * @param cheap whether they are the cheaper first products of bit injection (PROTOCOLS 4.7): one term each, prover P_0 only
     * @param statements how many
     * @param terms of each
     */
    public record Segment(boolean cheap, int statements, int terms) {}

    private final PrimeField field;
    private final Columns terms = new Columns(TERM_COLUMNS);
    private final Columns statements = new Columns(STATEMENT_COLUMNS);
    private final List<Segment> segments = new ArrayList<>();

    FieldProducts(PrimeField field) {
        this.field = field;
    }

    void addSums(
            int sums,
            long[] xOwn,
            long[] xNext,
            long[] yOwn,
            long[] yNext,
            long[] maskOwn,
            long[] maskNext,
            long[] zNext) {
        terms.append(xOwn, xNext, yOwn, yNext);
        statements.append(maskOwn, maskNext, zNext);
        segments.add(new Segment(false, sums, xOwn.length / field.words() / sums));
    }

    void addCheap(long[] first, long[] second, long[] mask, long[] sent) {
        long[] none = new long[first.length];
        terms.append(first, none, second, none);
        statements.append(mask, none, sent);
        segments.add(new Segment(true, first.length / field.words(), 1));
    }

    public PrimeField field() {
        return field;
    }

    public List<Segment> segments() {
        return List.copyOf(segments);
    }

    /** Per term, flat; of a cheap product: b_0. The columns are not copies and may be longer than used. */
    public long[] xOwn() {
        return terms.column(0);
    }

    public long[] xNext() {
        return terms.column(1);
    }

    /** Of a cheap product: b_1. */
    public long[] yOwn() {
        return terms.column(2);
    }

    public long[] yNext() {
        return terms.column(3);
    }

    /** Per statement, flat: F_i; of a cheap product: F_1. */
    public long[] maskOwn() {
        return statements.column(0);
    }

    public long[] maskNext() {
        return statements.column(1);
    }

    /** Component i+1 of the product as received; of a cheap product: z_0. */
    public long[] zNext() {
        return statements.column(2);
    }

    void wipe() {
        terms.wipe();
        statements.wipe();
        segments.clear();
    }

    @Override
    public String toString() {
        return "FieldProducts[" + segments.size() + " segments of " + field.label() + "]";
    }
}
