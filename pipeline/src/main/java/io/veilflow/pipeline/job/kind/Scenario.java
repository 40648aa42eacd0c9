package io.veilflow.pipeline.job.kind;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run in the clear that the demo plays: all that its participants know, and what must come out. Nobody holds such a thing but a
 * demo or a test.
 *
 * @param institutions in slot order, role by role
 * @param windows in order
 */
public record Scenario(JobParameters parameters, List<Institution> institutions, List<Window> windows) {
    /**
     * A contributor.
     *
     * @param name lower-case letters, digits and hyphens, at most 32
     * @param role name of its role
     * @param slots room of its book
     */
    public record Institution(String name, String role, int slots) {}

    /**
     * One window.
     *
     * @param feed values of the FEED inputs as they enter a tick, in declared order
     * @param books of every institution in order: fields of every slot in use
     * @param expected what must be published, worked out without the rule
     */
    public record Window(List<BigInteger> feed, List<List<List<BigInteger>>> books, Results expected) {
        public Window {
            feed = List.copyOf(feed);
            books = List.copyOf(books);
        }

        @Override
        public String toString() {
            return "Window[" + books.size() + " books]";
        }
    }

    public Scenario {
        institutions = List.copyOf(institutions);
        windows = List.copyOf(windows);
    }

    public JobSlots slots() {
        Map<String, List<Integer>> owners = new LinkedHashMap<>();
        institutions.forEach(institution -> owners.computeIfAbsent(institution.role(), role -> new ArrayList<>())
                .add(institution.slots()));
        return new JobSlots(owners);
    }
}
