package io.veilflow.pipeline.adversary;

import io.veilflow.mpc.party.PartyId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Counts of cases and endings by stage, and what went wrong. Thread-safe. */
final class Tally {
    private final Map<Stage, Map<Ending, Integer>> endings = new EnumMap<>(Stage.class);
    private final Map<PartyId, Integer> cases = new EnumMap<>(PartyId.class);
    private final List<CaseReport> wrong = new ArrayList<>();
    private final List<CaseReport> all = new ArrayList<>();

    synchronized void add(CaseReport report) {
        Cheat cheat = report.cheat().orElseThrow();
        all.add(report);
        cases.merge(cheat.party(), 1, Integer::sum);
        if (report.violations().isEmpty()) {
            endings.computeIfAbsent(cheat.place().stage(), any -> new EnumMap<>(Ending.class))
                    .merge(report.ending(), 1, Integer::sum);
        } else {
            wrong.add(report);
        }
    }

    synchronized int cases() {
        return all.size();
    }

    synchronized List<CaseReport> wrong() {
        return List.copyOf(wrong);
    }

    synchronized List<CaseReport> reports() {
        return List.copyOf(all);
    }

    /** One line a stage. */
    synchronized String table() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%-10s %7s", "stage", "cases"));
        for (Ending ending : Ending.values()) {
            text.append(String.format(
                    Locale.ROOT, " %18s", ending.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        }
        text.append(String.format(Locale.ROOT, " %9s%n", "violated"));
        for (Stage stage : Stage.values()) {
            Map<Ending, Integer> counts = endings.getOrDefault(stage, Map.of());
            long violated = wrong.stream()
                    .filter(report -> report.cheat().orElseThrow().place().stage() == stage)
                    .count();
            int sum = counts.values().stream().mapToInt(Integer::intValue).sum();
            text.append(String.format(Locale.ROOT, "%-10s %7d", stage.name().toLowerCase(Locale.ROOT), sum + violated));
            for (Ending ending : Ending.values()) {
                text.append(String.format(Locale.ROOT, " %18d", counts.getOrDefault(ending, 0)));
            }
            text.append(String.format(Locale.ROOT, " %9d%n", violated));
        }
        return text.append("by cheater: ")
                .append(cases)
                .append(System.lineSeparator())
                .toString();
    }

    /** The table, then every case on a line of its own. */
    synchronized void write(Path file) {
        List<String> lines = new ArrayList<>(List.of(table()));
        all.forEach(report -> lines.add(report.millis() + " ms " + report));
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, lines);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
