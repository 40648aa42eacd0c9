package io.veilflow.zk.rule;

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
        int field = rule.addField(role, new InputField(name, bits));
        return rule.append(new NodeOperation.SecretInput(role, field));
    }
}
