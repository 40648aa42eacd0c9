package io.veilflow.zk.rule;

import java.math.BigInteger;
import java.util.List;

/**
 * Inputs of a rule in the clear: for tests, for auditing with consent, for a contributor on its own data. No party ever
 * holds one.
 *
 * @param book secret numbers in book order: role by role, slot by slot, field by field
 * @param publicInputs in declared order
 */
public record ClearInputs(List<BigInteger> book, List<BigInteger> publicInputs) {
    public ClearInputs {
        book = List.copyOf(book);
        publicInputs = List.copyOf(publicInputs);
    }

    /** Shows how many numbers there are and none of them. */
    @Override
    public String toString() {
        return "ClearInputs[" + book.size() + " secret, " + publicInputs.size() + " public]";
    }

    void check(Rule rule) {
        if (book.size() != rule.bookSize()
                || publicInputs.size() != rule.publicInputs().size()) {
            throw new RuleException(
                    RuleException.Reason.INPUT_OUT_OF_RANGE,
                    book.size() + " secret and " + publicInputs.size() + " public inputs, not " + rule.bookSize()
                            + " and " + rule.publicInputs().size());
        }
        for (int input = 0; input < publicInputs.size(); input++) {
            PublicInput declared = rule.publicInputs().get(input);
            check(publicInputs.get(input), declared.bits(), declared.name());
        }
        int at = 0;
        for (Role role : rule.roles()) {
            for (int slot = 0; slot < role.slots(); slot++) {
                for (InputField field : role.fields()) {
                    check(book.get(at++), field.bits(), role.name() + "[" + slot + "]." + field.name());
                }
            }
        }
    }

    private static void check(BigInteger value, int bits, String name) {
        if (value.signum() < 0 || value.bitLength() > bits) {
            throw new RuleException(
                    RuleException.Reason.INPUT_OUT_OF_RANGE, name + " is not from 0 to 2^" + bits + " - 1");
        }
    }
}
