package io.veilflow.pipeline.job.kind;

import io.veilflow.datasets.schema.InvalidDatasetException;
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

    /**
     * Contributors of a role, the slots dealt out to them as evenly as possible.
     *
     * @throws InvalidDatasetException for fewer slots than names
     */
    public static List<Institution> deal(String role, int slots, List<String> names) {
        if (slots < names.size()) {
            throw new InvalidDatasetException("slots", "at least " + names.size() + ", one for each " + role);
        }
        List<Institution> institutions = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int more = i < slots % names.size() ? 1 : 0;
            institutions.add(new Institution(names.get(i), role, slots / names.size() + more));
        }
        return institutions;
    }

    /**
     * The records of a role dealt out to its contributors in slot order: as many as each has slots.
     *
     * @param institutions of one role
     * @param records fields of every slot of the role
     */
    public static List<List<List<BigInteger>>> books(List<Institution> institutions, List<List<BigInteger>> records) {
        List<List<List<BigInteger>>> books = new ArrayList<>();
        int from = 0;
        for (Institution institution : institutions) {
            books.add(records.subList(from, from + institution.slots()));
            from += institution.slots();
        }
        return books;
    }

    public JobSlots slots() {
        Map<String, List<Integer>> owners = new LinkedHashMap<>();
        institutions.forEach(institution -> owners.computeIfAbsent(institution.role(), role -> new ArrayList<>())
                .add(institution.slots()));
        return new JobSlots(owners);
    }
}
