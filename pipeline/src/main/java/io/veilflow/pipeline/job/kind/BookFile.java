package io.veilflow.pipeline.job.kind;

import io.veilflow.datasets.csv.CsvTable;
import io.veilflow.datasets.schema.InvalidDatasetException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The file of one contributor: one book in the columns of its {@link BookTable}, or books through time with the column {@code window}
 * in front, counted from 0 without a gap.
 *
 * @param slots room of a book
 */
public record BookFile(BookTable table, int slots) {
    private static final String WINDOW = "window";

    /** The fields of every slot in use. */
    public List<List<BigInteger>> read(Path file) {
        CsvTable lines = CsvTable.read(file);
        lines.require(table.columns());
        return table.read(lines.lines(), slots);
    }

    /** The books of all windows, in order. */
    public List<List<List<BigInteger>>> readThroughTime(Path file) {
        CsvTable lines = CsvTable.read(file);
        lines.require(columnsThroughTime());
        TreeMap<Integer, List<CsvTable.Line>> byWindow = new TreeMap<>();
        for (CsvTable.Line line : lines.lines()) {
            byWindow.computeIfAbsent(line.index(WINDOW), window -> new ArrayList<>())
                    .add(line);
        }
        if (byWindow.isEmpty() || byWindow.lastKey() != byWindow.size() - 1) {
            throw new InvalidDatasetException(lines.name(), "windows are not 0, 1, 2 and so on");
        }
        return byWindow.values().stream().map(book -> table.read(book, slots)).toList();
    }

    /** The text that {@link #readThroughTime} reads. */
    public String writeThroughTime(List<List<List<BigInteger>>> books) {
        StringBuilder text = new StringBuilder(String.join(",", columnsThroughTime())).append('\n');
        for (int window = 0; window < books.size(); window++) {
            for (List<String> line : table.write(books.get(window))) {
                text.append(window).append(',').append(String.join(",", line)).append('\n');
            }
        }
        return text.toString();
    }

    private List<String> columnsThroughTime() {
        return Stream.concat(Stream.of(WINDOW), table.columns().stream()).toList();
    }
}
