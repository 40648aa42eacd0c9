package io.veilflow.pipeline.job.kind;

import io.veilflow.datasets.csv.CsvTable;
import io.veilflow.datasets.schema.InvalidDatasetException;
import io.veilflow.zk.rule.ClearInputs;
import io.veilflow.zk.rule.ClearReading;
import io.veilflow.zk.rule.Origin;
import io.veilflow.zk.rule.PublicInput;
import io.veilflow.zk.rule.Role;
import io.veilflow.zk.rule.Rule;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A kind of job computed in the clear from tables: as many slots as there are records, all of them in use. For whoever may see all the
 * records: a test, or an institution on its own.
 *
 * @param parameters without errors of the kind
 */
public record ClearCheck(JobKind kind, JobParameters parameters) {
    private static final String CONTRIBUTOR = "contributor";
    private static final String SLOT = "slot";

    /**
     * What would be published.
     *
     * @param tables by role; with a column {@code contributor} in front, the lines of each contributor together
     * @param feed null for a kind without FEED inputs; its first window counts
     * @throws InvalidDatasetException naming table, line and column
     * @throws io.veilflow.zk.rule.RuleException if there is no rule for so many slots
     */
    public Results run(Map<String, CsvTable> tables, CsvTable feed) {
        Map<String, List<List<CsvTable.Line>>> owners = new LinkedHashMap<>();
        for (JobRole role : kind.roles()) {
            CsvTable table = tables.get(role.name());
            if (table == null) {
                throw new InvalidDatasetException("role " + role.name(), "has no table");
            }
            owners.put(role.name(), byOwner(table));
        }
        Map<String, List<Integer>> rooms = new LinkedHashMap<>();
        owners.forEach((role, books) ->
                rooms.put(role, books.stream().map(ClearCheck::room).toList()));
        Rule rule = kind.rule(new JobSlots(rooms), parameters);
        List<BigInteger> book = new ArrayList<>();
        for (Role role : rule.roles()) {
            BookTable format = kind.books(role, parameters);
            requireColumns(tables.get(role.name()), format);
            for (List<CsvTable.Line> lines : owners.get(role.name())) {
                addBook(book, role, format.read(lines, room(lines)), room(lines));
            }
        }
        ClearReading reading = rule.evaluate(ClearInputs.allUsed(rule, book, publicInputs(rule, feed)));
        return Results.of(rule, reading.outputs());
    }

    private List<BigInteger> publicInputs(Rule rule, CsvTable feed) {
        List<PublicInput> inputs = rule.publicInputs().stream()
                .filter(input -> input.origin() == Origin.FEED)
                .toList();
        FeedTable format = kind.feed(inputs, parameters);
        if (feed == null && !inputs.isEmpty()) {
            throw new InvalidDatasetException(
                    "feed",
                    "this job needs fed values: a table with the columns " + String.join(",", format.columns()));
        }
        Iterator<BigInteger> fed = feed == null ? Collections.emptyIterator() : firstWindow(format, feed);
        Iterator<BigInteger> fixed = kind.parameterInputs(parameters).iterator();
        return rule.publicInputs().stream()
                .map(input -> input.origin() == Origin.FEED ? fed.next() : fixed.next())
                .toList();
    }

    private static Iterator<BigInteger> firstWindow(FeedTable format, CsvTable feed) {
        List<List<BigInteger>> windows = format.read(feed);
        if (windows.isEmpty()) {
            throw new InvalidDatasetException(feed.name(), "has no window");
        }
        return windows.get(0).iterator();
    }

    private static List<List<CsvTable.Line>> byOwner(CsvTable table) {
        Map<String, List<CsvTable.Line>> owners = new LinkedHashMap<>();
        boolean named = table.columns().get(0).equals(CONTRIBUTOR);
        String before = null;
        for (CsvTable.Line line : table.lines()) {
            String owner = named ? line.value(CONTRIBUTOR) : "";
            if (!owner.equals(before) && owners.containsKey(owner)) {
                throw new InvalidDatasetException(line.where(), "column contributor: the lines of one stand together");
            }
            owners.computeIfAbsent(owner, name -> new ArrayList<>()).add(line);
            before = owner;
        }
        if (owners.isEmpty()) {
            throw new InvalidDatasetException(table.name(), "has no record");
        }
        return List.copyOf(owners.values());
    }

    /** Slots of a book: up to the highest that is named, or one a line. */
    private static int room(List<CsvTable.Line> lines) {
        boolean numbered = lines.get(0).values().containsKey(SLOT);
        return numbered
                ? 1 + lines.stream().mapToInt(line -> line.index(SLOT)).max().orElseThrow()
                : lines.size();
    }

    private static void requireColumns(CsvTable table, BookTable format) {
        List<String> columns = table.columns();
        boolean named = columns.get(0).equals(CONTRIBUTOR);
        if (!columns.subList(named ? 1 : 0, columns.size()).equals(format.columns())) {
            throw new InvalidDatasetException(
                    table.name() + " line 1",
                    "the columns are " + String.join(",", format.columns()) + "; contributor may stand in front");
        }
    }

    private static void addBook(List<BigInteger> book, Role role, List<List<BigInteger>> slots, int room) {
        slots.forEach(book::addAll);
        int missing = (room - slots.size()) * role.fields().size();
        book.addAll(Collections.nCopies(missing, BigInteger.ZERO));
    }
}
