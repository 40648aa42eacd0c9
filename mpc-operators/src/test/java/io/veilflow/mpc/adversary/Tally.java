package io.veilflow.mpc.adversary;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Cases and verdicts per primitive and kind of change. Thread-safe. */
final class Tally {
    private final Map<String, Map<String, Map<Verdict, Integer>>> counts = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();

    synchronized void add(Case one, Verdict verdict, String endings) {
        counts.computeIfAbsent(one.scenario().primitive(), any -> new TreeMap<>())
                .computeIfAbsent(one.kind(), any -> new EnumMap<>(Verdict.class))
                .merge(verdict, 1, Integer::sum);
        if (!verdict.isAllowed()) {
            violations.add(verdict + ": " + one + ": " + endings);
        }
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized int cases() {
        return total().values().stream().mapToInt(Integer::intValue).sum();
    }

    private Map<Verdict, Integer> total() {
        Map<Verdict, Integer> out = new EnumMap<>(Verdict.class);
        counts.values().forEach(kinds -> kinds.values()
                .forEach(verdicts -> verdicts.forEach((verdict, count) -> out.merge(verdict, count, Integer::sum))));
        return out;
    }

    /** One line per primitive and kind, subtotals, and everything at the end. */
    synchronized String table() {
        StringBuilder out = new StringBuilder();
        line(out, "primitive", "change", "cases", verdictNames());
        counts.forEach((primitive, kinds) -> {
            Map<Verdict, Integer> sum = new EnumMap<>(Verdict.class);
            kinds.forEach((kind, verdicts) -> {
                row(out, primitive, kind, verdicts);
                verdicts.forEach((verdict, count) -> sum.merge(verdict, count, Integer::sum));
            });
            row(out, primitive, "all", sum);
        });
        row(out, "all", "all", total());
        return out.toString();
    }

    private static void row(StringBuilder out, String primitive, String kind, Map<Verdict, Integer> verdicts) {
        int bad = 0;
        List<String> cells = new ArrayList<>();
        for (Verdict verdict : Verdict.values()) {
            int count = verdicts.getOrDefault(verdict, 0);
            if (verdict.isAllowed()) {
                cells.add(Integer.toString(count));
            } else {
                bad += count;
            }
        }
        cells.add(Integer.toString(bad));
        int cases = verdicts.values().stream().mapToInt(Integer::intValue).sum();
        line(out, primitive, kind, Integer.toString(cases), cells);
    }

    private static List<String> verdictNames() {
        List<String> names = new ArrayList<>();
        for (Verdict verdict : Verdict.values()) {
            if (verdict.isAllowed()) {
                names.add(verdict.name());
            }
        }
        names.add("violations");
        return names;
    }

    private static void line(StringBuilder out, String primitive, String kind, String cases, List<String> cells) {
        out.append(String.format("%-28s %-20s %8s", primitive, kind, cases));
        cells.forEach(cell -> out.append(String.format(" %16s", cell)));
        out.append('\n');
    }
}
