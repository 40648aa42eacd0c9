package io.veilflow.pipeline.job.kind;

import io.veilflow.datasets.csv.CsvTable;
import io.veilflow.datasets.schema.InvalidDatasetException;
import io.veilflow.zk.rule.InputField;
import io.veilflow.zk.rule.Role;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The plain table of a role: the column {@code slot}, then one column for each field, one line for each slot in use, slots counted from
 * 0 without a gap. Slots without a line are not in use.
 */
public final class FieldTable implements BookTable {
    private static final String SLOT = "slot";

    private final List<Column> fields;

    private FieldTable(List<Column> fields) {
        this.fields = List.copyOf(fields);
    }

    /** Every field as a whole number. */
    public static FieldTable of(Role role) {
        return of(role, Map.of());
    }

    /**
     * @param decimals by field: numbers of the column are multiplied by 10^decimals; fields that are not named have none
     * @throws IllegalArgumentException for a field that the role does not have
     */
    public static FieldTable of(Role role, Map<String, Integer> decimals) {
        List<String> names = role.fields().stream().map(InputField::name).toList();
        decimals.keySet().forEach(name -> {
            if (!names.contains(name)) {
                throw new IllegalArgumentException("role " + role.name() + " has no field " + name + " but " + names);
            }
        });
        return new FieldTable(role.fields().stream()
                .map(field -> new Column(
                        field.name(), decimals.getOrDefault(field.name(), 0), field.minimum(), field.maximum()))
                .toList());
    }

    @Override
    public List<String> columns() {
        return Stream.concat(Stream.of(SLOT), fields.stream().map(Column::name)).toList();
    }

    @Override
    public List<List<BigInteger>> read(List<CsvTable.Line> lines, int slots) {
        List<List<BigInteger>> book = new ArrayList<>();
        for (CsvTable.Line line : lines) {
            if (line.index(SLOT) != book.size()) {
                throw new InvalidDatasetException(
                        line.where(), "column slot: expected " + book.size() + ", slots are 0, 1, 2 and so on");
            }
            if (book.size() == slots) {
                throw new InvalidDatasetException(line.where(), "column slot: this book has room for " + slots);
            }
            book.add(fields.stream().map(column -> column.read(line)).toList());
        }
        return book;
    }

    @Override
    public List<List<String>> write(List<List<BigInteger>> slots) {
        List<List<String>> lines = new ArrayList<>();
        for (int slot = 0; slot < slots.size(); slot++) {
            List<String> line = new ArrayList<>(List.of(Integer.toString(slot)));
            for (int field = 0; field < fields.size(); field++) {
                line.add(fields.get(field).text(slots.get(slot).get(field)));
            }
            lines.add(line);
        }
        return lines;
    }
}
