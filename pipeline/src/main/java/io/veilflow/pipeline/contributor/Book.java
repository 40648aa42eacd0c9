package io.veilflow.pipeline.contributor;

import io.veilflow.pipeline.job.EnrolledContributor;
import io.veilflow.pipeline.job.JobTerms;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** A contributor's numbers in the clear, in book order, all within the widths of the rule. Secret: shows nothing. */
public final class Book {
    private final List<BigInteger> numbers;

    private Book(List<BigInteger> numbers) {
        this.numbers = List.copyOf(numbers);
    }

    /**
     * @param slots the fields of every slot in use, in the order of the rule's role; slots left over are empty, all zero
     * @throws BookException for more slots than the contributor owns, a wrong number of fields, or a number outside its
     *     width
     */
    public static Book of(JobTerms terms, EnrolledContributor contributor, List<List<BigInteger>> slots) {
        if (slots.size() > contributor.slots()) {
            throw new BookException(
                    contributor.name() + ": " + slots.size() + " positions, and " + contributor.slots() + " slots");
        }
        List<BigInteger> numbers = new ArrayList<>();
        for (int slot = 0; slot < slots.size(); slot++) {
            List<BigInteger> fields = slots.get(slot);
            if (fields.size() != terms.wiresPerSlot()) {
                throw new BookException(contributor.name() + ", position " + slot + ": " + fields.size()
                        + " numbers, expected " + terms.wiresPerSlot());
            }
            for (int field = 0; field < fields.size(); field++) {
                requireWidth(terms, contributor, slot, field, fields.get(field));
                numbers.add(fields.get(field));
            }
        }
        while (numbers.size() < terms.wires(contributor)) {
            numbers.add(BigInteger.ZERO);
        }
        return new Book(numbers);
    }

    /** All numbers, in book order: the secret itself. */
    public List<BigInteger> numbers() {
        return numbers;
    }

    @Override
    public String toString() {
        return "Book";
    }

    private static void requireWidth(
            JobTerms terms, EnrolledContributor contributor, int slot, int field, BigInteger number) {
        int bits = terms.field(field).bits();
        if (number.signum() < 0 || number.bitLength() > bits) {
            throw new BookException(contributor.name() + ", position " + slot + ", "
                    + terms.field(field).name() + ": not a whole number of 0 to 2^" + bits + " - 1");
        }
    }
}
