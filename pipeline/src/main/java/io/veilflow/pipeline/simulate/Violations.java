package io.veilflow.pipeline.simulate;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a run did that no run may do. */
final class Violations {
    private final Set<String> found = new LinkedHashSet<>();

    void add(String what) {
        found.add(what);
    }

    List<String> found() {
        return List.copyOf(found);
    }
}
