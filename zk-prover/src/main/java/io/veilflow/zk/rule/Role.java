package io.veilflow.zk.rule;

import java.util.List;

/** A group of slots that hold records of the same shape. */
public record Role(String name, int slots, List<InputField> fields) {
    public Role {
        fields = List.copyOf(fields);
    }
}
