package io.veilflow.pipeline.job.kind;

import io.veilflow.datasets.csv.CsvTable;
import io.veilflow.datasets.schema.InvalidDatasetException;
import io.veilflow.zk.rule.PublicInput;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The plain table of fed values: the column {@code window}, then one column for each FEED input, one line for each window, windows
 * counted from 0 without a gap. A fed value is at least 1 (docs/wire.md, section 5).
 */
public final class ValueTable implements FeedTable {
    private static final String WINDOW = "window";

    private final List<Column> inputs;

    private ValueTable(List<Column> inputs) {
        this.inputs = List.copyOf(inputs);
    }

    /** Every input as a whole number. */
    public static ValueTable of(List<PublicInput> inputs) {
        return of(inputs, Map.of());
    }

    /** @param decimals by input: numbers of the column are multiplied by 10^decimals; inputs that are not named have none */
    public static ValueTable of(List<PublicInput> inputs, Map<String, Integer> decimals) {
        return new ValueTable(inputs.stream()
                .map(input -> new Column(
                        input.name(),
                        decimals.getOrDefault(input.name(), 0),
                        BigInteger.ONE,
                        BigInteger.ONE.shiftLeft(input.bits()).subtract(BigInteger.ONE)))
                .toList());
    }

    @Override
    public List<String> columns() {
        return Stream.concat(Stream.of(WINDOW), inputs.stream().map(Column::name))
                .toList();
    }

    @Override
    public List<List<BigInteger>> read(CsvTable table) {
        table.require(columns());
        List<List<BigInteger>> windows = new ArrayList<>();
        for (CsvTable.Line line : table.lines()) {
            if (line.index(WINDOW) != windows.size()) {
                throw new InvalidDatasetException(line.where(), "column window: windows are 0, 1, 2 and so on");
            }
            windows.add(inputs.stream().map(column -> column.read(line)).toList());
        }
        return windows;
    }

    @Override
    public String write(List<List<BigInteger>> windows) {
        StringBuilder text = new StringBuilder(String.join(",", columns())).append('\n');
        for (int window = 0; window < windows.size(); window++) {
            text.append(window);
            for (int input = 0; input < inputs.size(); input++) {
                text.append(',')
                        .append(inputs.get(input).text(windows.get(window).get(input)));
            }
            text.append('\n');
        }
        return text.toString();
    }
}
