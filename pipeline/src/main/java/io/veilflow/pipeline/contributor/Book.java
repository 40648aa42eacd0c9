package io.veilflow.pipeline.contributor;

import io.veilflow.pipeline.job.EnrolledContributor;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.zk.rule.InputField;
import io.veilflow.zk.rule.Role;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** A contributor's numbers in the clear, in book order, all within the bounds of the rule. Secret: shows nothing. */
public final class Book {
    private final int usedSlots;
    private final List<BigInteger> numbers;

    private Book(int usedSlots, List<BigInteger> numbers) {
        this.usedSlots = usedSlots;
        this.numbers = List.copyOf(numbers);
    }

    /**
     * @param slots the fields of every slot in use, in the order of the rule's role; slots left over are empty, all zero
     * @throws BookException for more slots than the contributor owns, a wrong number of fields, or a number outside its
     *     bounds
     */
    public static Book of(JobTerms terms, EnrolledContributor contributor, List<List<BigInteger>> slots) {
        if (slots.size() > contributor.slots()) {
            throw new BookException(
                    contributor.name() + ": " + slots.size() + " positions, and " + contributor.slots() + " slots");
        }
        Role role = terms.role(contributor);
        List<BigInteger> numbers = new ArrayList<>();
        for (int slot = 0; slot < slots.size(); slot++) {
            List<BigInteger> fields = slots.get(slot);
            if (fields.size() != role.fields().size()) {
                throw new BookException(contributor.name() + ", position " + slot + ": " + fields.size()
                        + " numbers, expected " + role.fields().size());
            }
            for (int field = 0; field < fields.size(); field++) {
                requireInBounds(role.fields().get(field), contributor, slot, fields.get(field));
                numbers.add(fields.get(field));
            }
        }
        while (numbers.size() < terms.wires(contributor)) {
            numbers.add(BigInteger.ZERO);
        }
        return new Book(terms.publishesUse(contributor.role()) ? slots.size() : 0, numbers);
    }

    /** Slots in use, as the submission says it; 0 if the rule does not read it. Public. */
    public int usedSlots() {
        return usedSlots;
    }

    /** All numbers, in book order: the secret itself. */
    public List<BigInteger> numbers() {
        return numbers;
    }

    @Override
    public String toString() {
        return "Book";
    }

    private static void requireInBounds(
            InputField field, EnrolledContributor contributor, int slot, BigInteger number) {
        if (number.compareTo(field.minimum()) < 0 || number.compareTo(field.maximum()) > 0) {
            throw new BookException(contributor.name() + ", position " + slot + ", " + field.name()
                    + ": not a whole number from " + field.minimum() + " to " + field.maximum());
        }
    }
}
