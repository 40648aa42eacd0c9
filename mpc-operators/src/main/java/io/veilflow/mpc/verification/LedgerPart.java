package io.veilflow.mpc.verification;

import io.veilflow.mpc.ledger.FieldProducts;
import io.veilflow.mpc.ledger.Ledger;
import java.util.ArrayList;
import java.util.List;

/**
 * What one verification covers: a range of AND words and, per field, runs of statements. The same at all three
 * parties, since it follows from public sizes.
 */
record LedgerPart(int firstWord, int words, List<FieldPart> fields) {
    /** Statements over one field. */
    record FieldPart(FieldProducts products, List<ProductRun> runs) {}

    /**
     * The most that one verification takes; a single sum is never divided.
     *
     * @param words of 64 ANDs
     * @param terms of products in one field
     */
    record Limits(int words, int terms) {}

    /** Everything in the ledger, in order; fields in the order of their first product. */
    static List<LedgerPart> of(Ledger ledger, Limits limits) {
        List<List<FieldPart>> fields = new ArrayList<>();
        for (FieldProducts products : ledger.products()) {
            List<List<ProductRun>> parts = divide(products, limits.terms());
            for (int k = 0; k < parts.size(); k++) {
                if (fields.size() == k) {
                    fields.add(new ArrayList<>());
                }
                fields.get(k).add(new FieldPart(products, parts.get(k)));
            }
        }
        List<LedgerPart> out = new ArrayList<>();
        int word = 0;
        while (word < ledger.ands().words() || out.size() < fields.size()) {
            int words = Math.min(limits.words(), ledger.ands().words() - word);
            out.add(new LedgerPart(word, words, out.size() < fields.size() ? fields.get(out.size()) : List.of()));
            word += words;
        }
        return out;
    }

    private static List<List<ProductRun>> divide(FieldProducts products, int limit) {
        List<List<ProductRun>> out = new ArrayList<>();
        int room = 0;
        int statement = 0;
        int term = 0;
        for (FieldProducts.Segment segment : products.segments()) {
            int left = segment.statements();
            while (left > 0) {
                if (segment.terms() > room) {
                    out.add(new ArrayList<>());
                    room = Math.max(limit, segment.terms());
                }
                int some = Math.min(left, room / Math.max(1, segment.terms()));
                out.get(out.size() - 1).add(new ProductRun(segment.cheap(), statement, some, term, segment.terms()));
                room -= some * segment.terms();
                statement += some;
                term += some * segment.terms();
                left -= some;
            }
        }
        return out;
    }
}
