package io.veilflow.pipeline.job.kind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.datasets.csv.CsvTable;
import io.veilflow.datasets.schema.InvalidDatasetException;
import io.veilflow.zk.rule.ClearInputs;
import io.veilflow.zk.rule.Origin;
import io.veilflow.zk.rule.PublicInput;
import io.veilflow.zk.rule.Role;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.UsedSlots;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pipeline and the demo expect of every kind that the class path declares. */
class StandardJobsTest {
    private static final int WINDOWS = 6;

    static List<String> names() {
        return JobKinds.names();
    }

    @Test
    void theJobsOfTheDesignAreInstalled() {
        assertTrue(
                JobKinds.names()
                        .containsAll(List.of(
                                "eligibility",
                                "exposure-statistics",
                                "market-health",
                                "median-and-top",
                                "settlement",
                                "vote")),
                JobKinds.names().toString());
        assertTrue(JobKinds.named("weather").isEmpty());
    }

    @ParameterizedTest
    @MethodSource("names")
    void theRuleInTheClearGivesWhatTheScenarioExpects(String name) {
        JobKind kind = JobKinds.named(name).orElseThrow();
        for (int slots : new int[] {5, 8, 16}) {
            for (long seed = 1; seed <= 5; seed++) {
                Scenario scenario = kind.scenario(new ScenarioRequest(WINDOWS, slots, seed, Optional.empty()));
                Rule rule = kind.rule(scenario.slots(), scenario.parameters());
                for (Scenario.Window window : scenario.windows()) {
                    List<BigInteger> outputs =
                            rule.evaluate(inputs(kind, scenario, rule, window)).outputs();
                    assertEquals(
                            window.expected(), Results.of(rule, outputs), name + ", seed " + seed + ", slots " + slots);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void resultsOfTheDemoChangeFromWindowToWindow(String name) {
        Scenario scenario = demo(name);
        long different = scenario.windows().stream()
                .map(Scenario.Window::expected)
                .distinct()
                .count();
        assertTrue(different > 1, name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void booksAndFedValuesSurviveTheirTables(String name) {
        JobKind kind = JobKinds.named(name).orElseThrow();
        Scenario scenario = demo(name);
        Rule rule = kind.rule(scenario.slots(), scenario.parameters());
        for (int i = 0; i < scenario.institutions().size(); i++) {
            Scenario.Institution institution = scenario.institutions().get(i);
            BookTable table = kind.books(role(rule, institution.role()), scenario.parameters());
            for (Scenario.Window window : scenario.windows()) {
                CsvTable written =
                        table(table.columns(), table.write(window.books().get(i)));
                assertEquals(window.books().get(i), table.read(written.lines(), institution.slots()), name);
            }
        }
        FeedTable feed = kind.feed(feedInputs(rule), scenario.parameters());
        List<List<BigInteger>> values =
                scenario.windows().stream().map(Scenario.Window::feed).toList();
        assertEquals(values, feed.read(CsvTable.parse("values.csv", feed.write(values))), name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatPeopleReadIsThere(String name) {
        JobKind kind = JobKinds.named(name).orElseThrow();
        Scenario scenario = demo(name);
        assertTrue(kind.summary().endsWith("."), kind.summary());
        assertFalse(kind.consumption().explanation().isBlank());
        assertEquals(List.of(), kind.errors(scenario.parameters()));
        assertFalse(kind.meaning(scenario.windows().get(0).expected(), scenario.parameters())
                .isBlank());
        for (JobParameter parameter : kind.parameters()) {
            assertFalse(parameter.meaning().isBlank(), parameter.name());
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void tooFewSlotsAreRefusedByName(String name) {
        JobKind kind = JobKinds.named(name).orElseThrow();
        ScenarioRequest tiny = new ScenarioRequest(1, 1, 1, Optional.empty());
        assertThrows(InvalidDatasetException.class, () -> kind.scenario(tiny));
    }

    private static Scenario demo(String name) {
        return JobKinds.named(name)
                .orElseThrow()
                .scenario(new ScenarioRequest(WINDOWS, 16, 20_210_519, Optional.empty()));
    }

    private static ClearInputs inputs(JobKind kind, Scenario scenario, Rule rule, Scenario.Window window) {
        List<BigInteger> book = new ArrayList<>();
        List<BitSet> used = new ArrayList<>();
        for (Role role : rule.roles()) {
            BitSet bits = new BitSet();
            int slot = 0;
            for (int i = 0; i < scenario.institutions().size(); i++) {
                Scenario.Institution institution = scenario.institutions().get(i);
                if (institution.role().equals(role.name())) {
                    List<List<BigInteger>> records = window.books().get(i);
                    bits.set(slot, slot + records.size());
                    records.forEach(book::addAll);
                    for (int empty = records.size(); empty < institution.slots(); empty++) {
                        role.fields().forEach(field -> book.add(BigInteger.ZERO));
                    }
                    slot += institution.slots();
                }
            }
            used.add(bits);
        }
        Iterator<BigInteger> feed = window.feed().iterator();
        Iterator<BigInteger> parameters =
                kind.parameterInputs(scenario.parameters()).iterator();
        List<BigInteger> publics = rule.publicInputs().stream()
                .map(input -> input.origin() == Origin.FEED ? feed.next() : parameters.next())
                .toList();
        return new ClearInputs(book, publics, UsedSlots.of(rule, used));
    }

    private static List<PublicInput> feedInputs(Rule rule) {
        return rule.publicInputs().stream()
                .filter(input -> input.origin() == Origin.FEED)
                .toList();
    }

    private static Role role(Rule rule, String name) {
        return rule.roles().stream()
                .filter(role -> role.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static CsvTable table(List<String> columns, List<List<String>> lines) {
        StringBuilder text = new StringBuilder(String.join(",", columns)).append('\n');
        lines.forEach(line -> text.append(String.join(",", line)).append('\n'));
        return CsvTable.parse("book.csv", text.toString());
    }
}
