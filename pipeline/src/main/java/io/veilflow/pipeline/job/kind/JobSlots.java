package io.veilflow.pipeline.job.kind;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many slots every role has, and whose they are.
 *
 * @param owners by role, the number of slots of each of its contributors, in slot order
 */
public record JobSlots(Map<String, List<Integer>> owners) {
    public JobSlots {
        Map<String, List<Integer>> copy = new LinkedHashMap<>();
        owners.forEach((role, slots) -> copy.put(role, List.copyOf(slots)));
        owners = Collections.unmodifiableMap(copy);
    }

    /** Slots of each contributor of a role, in slot order; none if the role has no contributor. */
    public List<Integer> owners(String role) {
        return owners.getOrDefault(role, List.of());
    }

    /** Slots of a role. */
    public int total(String role) {
        return owners(role).stream().mapToInt(Integer::intValue).sum();
    }

    /** Slots of all roles. */
    public int total() {
        return owners.keySet().stream().mapToInt(this::total).sum();
    }
}
