package io.veilflow.datasets.csv;

import io.veilflow.datasets.schema.InvalidDatasetException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A comma separated table with a header line: UTF-8, every line with all the columns, no column twice. Quotes
 * only where the caller expects them. Blank lines, files above the size limit and anything else are refused.
 *
 * @param name the file's name, for messages
 */
public record CsvTable(String name, List<String> columns, List<Line> lines) {
    private static final long BYTES_MAX = 16L << 20;
    private static final Pattern INDEX = Pattern.compile("[0-9]{1,7}");
    /** In quotes with every quote inside doubled, or without any. */
    private static final Pattern CELL = Pattern.compile("\"((?:[^\"]|\"\")*+)\"|[^\",]*+");

    private static final Pattern QUOTED_ROW = Pattern.compile("(?:" + CELL + ")(?:,(?:" + CELL + "))*+");

    /**
     * One line of values by column.
     *
     * @param number from 1, the header is line 1
     */
    public record Line(String file, int number, Map<String, String> values) {
        public String where() {
            return file + " line " + number;
        }

        /** @throws InvalidDatasetException if the table has no such column */
        public String value(String column) {
            String value = values.get(column);
            if (value == null) {
                throw new InvalidDatasetException(where(), "there is no column " + column);
            }
            return value;
        }

        /** A column that counts from 0, up to 9,999,999. */
        public int index(String column) {
            String text = value(column);
            if (!INDEX.matcher(text).matches()) {
                throw new InvalidDatasetException(where(), "column " + column + " counts from 0");
            }
            return Integer.parseInt(text);
        }

        @Override
        public String toString() {
            return where();
        }
    }

    public static CsvTable read(Path file) {
        return read(file, false);
    }

    /** A table of others that may hold values in quotes, a quote inside them doubled. */
    public static CsvTable readQuoted(Path file) {
        return read(file, true);
    }

    private static CsvTable read(Path file, boolean quoted) {
        String name = String.valueOf(file.getFileName());
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw new InvalidDatasetException(name, "is larger than 16 MiB");
            }
            return parse(name, Files.readString(file, StandardCharsets.UTF_8), quoted);
        } catch (CharacterCodingException e) {
            throw new InvalidDatasetException(name, "is not UTF-8");
        } catch (IOException e) {
            throw new InvalidDatasetException(name, "cannot be read");
        }
    }

    /** @throws InvalidDatasetException if the table has other columns, or the same in another order */
    public void require(List<String> expected) {
        if (!columns.equals(expected)) {
            throw new InvalidDatasetException(name + " line 1", "the columns are " + String.join(",", expected));
        }
    }

    public static CsvTable parse(String name, String text) {
        return parse(name, text, false);
    }

    static CsvTable parse(String name, String text, boolean quoted) {
        String[] rows = text.split("\r?\n", -1);
        int count = rows[rows.length - 1].isEmpty() ? rows.length - 1 : rows.length;
        if (count == 0) {
            throw new InvalidDatasetException(name, "is empty");
        }
        List<String> columns = List.of(cells(name, 1, rows[0], quoted));
        Set<String> seen = new HashSet<>();
        for (String column : columns) {
            if (column.isEmpty() || !seen.add(column)) {
                throw new InvalidDatasetException(name + " line 1", "a column has no name or stands there twice");
            }
        }
        List<Line> lines = new ArrayList<>(count - 1);
        for (int i = 1; i < count; i++) {
            String[] cells = cells(name, i + 1, rows[i], quoted);
            if (cells.length != columns.size()) {
                throw new InvalidDatasetException(
                        name + " line " + (i + 1), cells.length + " values in " + columns.size() + " columns");
            }
            Map<String, String> values = new LinkedHashMap<>();
            for (int k = 0; k < cells.length; k++) {
                values.put(columns.get(k), cells[k]);
            }
            lines.add(new Line(name, i + 1, values));
        }
        return new CsvTable(name, columns, List.copyOf(lines));
    }

    private static String[] cells(String name, int number, String row, boolean quoted) {
        if (row.indexOf('"') < 0) {
            return row.split(",", -1);
        }
        if (!quoted) {
            throw new InvalidDatasetException(name + " line " + number, "quotes are not read");
        }
        if (!QUOTED_ROW.matcher(row).matches()) {
            throw new InvalidDatasetException(
                    name + " line " + number, "a quote is not closed, or stands inside a value");
        }
        List<String> cells = new ArrayList<>();
        Matcher cell = CELL.matcher(row);
        for (int at = 0; at <= row.length(); at = cell.end() + 1) {
            cell.region(at, row.length()).lookingAt();
            cells.add(cell.group(1) == null ? cell.group() : cell.group(1).replace("\"\"", "\""));
        }
        return cells.toArray(String[]::new);
    }
}
