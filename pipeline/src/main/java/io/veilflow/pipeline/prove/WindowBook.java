package io.veilflow.pipeline.prove;

import io.veilflow.mpc.field.Fr;
import io.veilflow.mpc.field.FrVector;
import io.veilflow.mpc.field.Int192;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.pipeline.admit.OpenedBook;
import io.veilflow.zk.rule.Rule;
import java.util.BitSet;
import java.util.Collection;

/**
 * This party's components of all books of a window at their wires, and of the sum of their blindings. The slots of a
 * contributor without a book are zeros with no commitment. Copies: the books stay as they are. Secret; wiped on close.
 */
public final class WindowBook implements AutoCloseable {
    private final IntegerShares numbers;
    private final ElementShares mask;

    private WindowBook(IntegerShares numbers, ElementShares mask) {
        this.numbers = numbers;
        this.mask = mask;
    }

    /**
     * @param books of the window's manifest
     * @throws IllegalArgumentException if two books share a wire or one reaches outside the rule
     */
    public static WindowBook of(Rule rule, Collection<OpenedBook> books) {
        IntegerShares numbers = IntegerShares.zeros(rule.bookSize());
        long[] maskOwn = new long[Fr.WORDS];
        long[] maskNext = new long[Fr.WORDS];
        BitSet taken = new BitSet(rule.bookSize());
        for (OpenedBook book : books) {
            int from = book.firstWire();
            int to = from + book.numbers().count();
            if (from < 0 || to > rule.bookSize() || !taken.get(from, to).isEmpty()) {
                throw new IllegalArgumentException("wires " + from + " to " + (to - 1) + " of " + book.contributor()
                        + " are taken or outside the rule's " + rule.bookSize());
            }
            taken.set(from, to);
            copy(book.numbers().own(), numbers.own(), from);
            copy(book.numbers().next(), numbers.next(), from);
            maskOwn = FrVector.add(maskOwn, book.blinding().own());
            maskNext = FrVector.add(maskNext, book.blinding().next());
        }
        return new WindowBook(numbers, new ElementShares(PrimeField.FR, 1, maskOwn, maskNext));
    }

    /** All numbers in book order. Belongs to this. */
    public IntegerShares numbers() {
        return numbers;
    }

    /** One element, the mask wire of the circuit. Belongs to this. */
    public ElementShares mask() {
        return mask;
    }

    @Override
    public void close() {
        numbers.wipe();
        mask.wipe();
    }

    @Override
    public String toString() {
        return "WindowBook[" + numbers.count() + " wires]";
    }

    private static void copy(long[] from, long[] to, int wire) {
        System.arraycopy(from, 0, to, wire * Int192.WORDS, from.length);
    }
}
