package io.veilflow.zk.rule;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Which slots of a window are in use: public, immutable, one bit per role and slot. A role whose used slots the rule does not
 * ask for has all of them in use here, so that two windows which differ in nothing that the rule reads are equal.
 */
public final class UsedSlots {
    private final List<BitSet> roles;
    private final List<Integer> slots;
    private final List<Integer> asked;

    private UsedSlots(Rule rule, List<BitSet> roles) {
        this.roles = roles;
        this.slots = rule.roles().stream().map(Role::slots).toList();
        this.asked = rule.usedRoles();
    }

    /** Every slot of every role. */
    public static UsedSlots all(Rule rule) {
        List<BitSet> roles = new ArrayList<>();
        for (Role role : rule.roles()) {
            roles.add(full(role));
        }
        return new UsedSlots(rule, roles);
    }

    /**
     * @param used one set of slots per role of the rule
     * @throws RuleException INPUT_OUT_OF_RANGE naming the role with a slot that does not exist
     */
    public static UsedSlots of(Rule rule, List<BitSet> used) {
        if (used.size() != rule.roles().size()) {
            throw outOfRange("used slots of " + used.size() + " roles, not "
                    + rule.roles().size());
        }
        List<BitSet> roles = new ArrayList<>();
        for (int index = 0; index < used.size(); index++) {
            Role role = rule.roles().get(index);
            if (used.get(index).length() > role.slots()) {
                throw outOfRange("slot " + (used.get(index).length() - 1) + " of role " + role.name() + " with "
                        + role.slots() + " slots");
            }
            boolean counts = rule.usedRoles().contains(index);
            roles.add(counts ? (BitSet) used.get(index).clone() : full(role));
        }
        return new UsedSlots(rule, roles);
    }

    /** @param bits of the roles that the rule asks for, in role order, slot by slot */
    static UsedSlots ofBits(Rule rule, BitSet bits) {
        List<BitSet> roles = new ArrayList<>();
        int at = 0;
        for (int index = 0; index < rule.roles().size(); index++) {
            int slots = rule.roles().get(index).slots();
            if (rule.usedRoles().contains(index)) {
                roles.add(bits.get(at, at + slots));
                at += slots;
            } else {
                roles.add(full(rule.roles().get(index)));
            }
        }
        return new UsedSlots(rule, roles);
    }

    public boolean isUsed(int role, int slot) {
        if (slot < 0 || slot >= slots.get(role)) {
            throw new IndexOutOfBoundsException("role " + role + ", slot " + slot);
        }
        return roles.get(role).get(slot);
    }

    /** 0 or 1 for every slot of a role. */
    public List<BigInteger> bits(int role) {
        List<BigInteger> bits = new ArrayList<>();
        for (int slot = 0; slot < slots.get(role); slot++) {
            bits.add(isUsed(role, slot) ? BigInteger.ONE : BigInteger.ZERO);
        }
        return bits;
    }

    /** 0 or 1 for every slot of the roles that the rule asks for, in the order of the public words. */
    public List<BigInteger> askedBits() {
        List<BigInteger> bits = new ArrayList<>();
        asked.forEach(role -> bits.addAll(bits(role)));
        return bits;
    }

    boolean belongsTo(Rule rule) {
        return slots.equals(rule.roles().stream().map(Role::slots).toList()) && asked.equals(rule.usedRoles());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UsedSlots that && roles.equals(that.roles) && slots.equals(that.slots);
    }

    @Override
    public int hashCode() {
        return roles.hashCode();
    }

    @Override
    public String toString() {
        return "UsedSlots" + roles;
    }

    private static BitSet full(Role role) {
        BitSet all = new BitSet(role.slots());
        all.set(0, role.slots());
        return all;
    }

    private static RuleException outOfRange(String message) {
        return new RuleException(RuleException.Reason.INPUT_OUT_OF_RANGE, message);
    }
}
