package io.veilflow.zk.rule;

import java.math.BigInteger;
import java.util.List;

/**
 * Inputs of a rule in the clear: for tests, for auditing with consent, for a contributor on its own data. No party ever
 * holds one.
 *
 * @param book secret numbers in book order: role by role, slot by slot, field by field
 * @param publicInputs in declared order
 * @param used slots in use
 */
public record ClearInputs(List<BigInteger> book, List<BigInteger> publicInputs, UsedSlots used) {
    public ClearInputs {
        book = List.copyOf(book);
        publicInputs = List.copyOf(publicInputs);
    }

    /** With every slot in use. */
    public static ClearInputs allUsed(Rule rule, List<BigInteger> book, List<BigInteger> publicInputs) {
        return new ClearInputs(book, publicInputs, UsedSlots.all(rule));
    }

    /** Shows how many numbers there are and none of them. */
    @Override
    public String toString() {
        return "ClearInputs[" + book.size() + " secret, " + publicInputs.size() + " public]";
    }

    void check(Rule rule) {
        if (book.size() != rule.bookSize()
                || publicInputs.size() != rule.publicInputs().size()) {
            throw outOfRange(book.size() + " secret and " + publicInputs.size() + " public inputs, not "
                    + rule.bookSize() + " and " + rule.publicInputs().size());
        }
        if (!used.belongsTo(rule)) {
            throw outOfRange("used slots of another rule");
        }
        for (int input = 0; input < publicInputs.size(); input++) {
            PublicInput declared = rule.publicInputs().get(input);
            BigInteger value = publicInputs.get(input);
            if (value.signum() < 0 || value.bitLength() > declared.bits()) {
                throw outOfRange(declared.name() + " is not from 0 to 2^" + declared.bits() + " - 1");
            }
        }
        int at = 0;
        for (Role role : rule.roles()) {
            for (int slot = 0; slot < role.slots(); slot++) {
                for (InputField field : role.fields()) {
                    if (!field.contains(book.get(at++))) {
                        throw outOfRange(role.name() + "[" + slot + "]." + field.name() + " is not from "
                                + field.minimum() + " to " + field.maximum());
                    }
                }
            }
        }
    }

    private static RuleException outOfRange(String message) {
        return new RuleException(RuleException.Reason.INPUT_OUT_OF_RANGE, message);
    }
}
