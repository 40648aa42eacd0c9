package io.veilflow.zk.rule;

import java.math.BigInteger;
import java.util.function.UnaryOperator;

/** A role of a rule that is being written: its fields become secret numbers of every slot. */
public final class RoleBuilder {
    private final RuleBuilder rule;
    private final int role;

    RoleBuilder(RuleBuilder rule, int role) {
        this.rule = rule;
        this.role = role;
    }

    /**
     * A secret number of every slot.
     *
     * @param bits 0 <= value < 2^bits, at most 64
     */
    public Expression secret(String name, int bits) {
        return secret(InputField.ofBits(name, bits));
    }

    /** A secret number of every slot, minimum <= value <= maximum, zero among them. */
    public Expression secret(String name, long minimum, long maximum) {
        return secret(name, BigInteger.valueOf(minimum), BigInteger.valueOf(maximum));
    }

    /** A secret number of every slot, minimum <= value <= maximum, zero among them. */
    public Expression secret(String name, BigInteger minimum, BigInteger maximum) {
        return secret(new InputField(name, minimum, maximum));
    }

    /** Per slot 1 if somebody's counted submission has it in use, else 0. Everybody knows it. */
    public Expression used() {
        return rule.append(new NodeOperation.Used(role));
    }

    /**
     * Per slot the greatest number from 0 to max that is zero or for which the condition holds.
     *
     * @param condition a bit per slot of this role; once false it stays false as the number grows
     */
    public Expression greatestOfEach(BigInteger max, UnaryOperator<Expression> condition) {
        return rule.greatest(Shape.perSlotOf(role), max, condition);
    }

    public Expression greatestOfEach(long max, UnaryOperator<Expression> condition) {
        return greatestOfEach(BigInteger.valueOf(max), condition);
    }

    /**
     * Per owner the greatest number from 0 to max that is zero or for which the condition holds.
     *
     * @param condition a bit per owner of this role; once false it stays false as the number grows
     */
    public Expression greatestOfEachOwner(BigInteger max, UnaryOperator<Expression> condition) {
        return rule.greatest(Shape.perOwnerOf(role), max, condition);
    }

    public Expression greatestOfEachOwner(long max, UnaryOperator<Expression> condition) {
        return greatestOfEachOwner(BigInteger.valueOf(max), condition);
    }

    int indexIn(RuleBuilder builder) {
        if (rule != builder) {
            throw new IllegalArgumentException("a role of another rule");
        }
        return role;
    }

    private Expression secret(InputField field) {
        return rule.append(new NodeOperation.SecretInput(role, rule.addField(role, field)));
    }
}
