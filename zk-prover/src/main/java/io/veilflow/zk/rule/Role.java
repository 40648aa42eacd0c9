package io.veilflow.zk.rule;

import java.util.List;

/**
 * A group of slots that hold records of the same shape.
 *
 * @param ownerSlots slots of each owner, in slot order; empty if no node has a value per owner
 */
public record Role(String name, int slots, List<InputField> fields, List<Integer> ownerSlots) {
    public Role {
        fields = List.copyOf(fields);
        ownerSlots = List.copyOf(ownerSlots);
    }

    public int owners() {
        return ownerSlots.size();
    }
}
