package io.veilflow.datasets.csv;

import io.veilflow.datasets.schema.InvalidDatasetException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The rows of one Aave account, ascending by block.
 *
 * <p>Raw token units stand in the file as floats in scientific notation. The decimal text is taken as it stands, as an
 * exact decimal number and never through a binary float, and must come out as a whole number of units: {@code
 * 1.0879920186553635e+18} is 1,087,992,018,655,363,500. The digits that the writer of the file rounded away stay lost.
 */
public record AaveAccount(List<Row> rows) {
    private static final String COLLATERAL = "_collateral";
    private static final String DEBT = "_debt";
    private static final String PRICE = "_USD_price";
    private static final String IN_USD = " (in USD)";
    private static final Set<String> FIXED =
            Set.of("block", "timestamp", "user", "totalCollateral", "totalDebt", "healthFactor", "tokenAddress");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,40}(\\.[0-9]{1,40})?(e[+-]?[0-9]{1,2})?");

    /**
     * The account at one block.
     *
     * @param collateral raw token units by asset, without the zeros
     * @param debt likewise
     * @param prices US dollars by asset
     * @param healthFactor the protocol's own, two decimals; 0 with debt left is bad debt and not a missing value
     * @param totalDebt in wei of ETH
     */
    public record Row(
            long block,
            Map<String, BigInteger> collateral,
            Map<String, BigInteger> debt,
            Map<String, BigDecimal> prices,
            BigDecimal healthFactor,
            BigDecimal totalDebt) {
        /** Whether the protocol itself saw debt that the collateral does not cover. */
        public boolean belowOne() {
            return totalDebt.signum() > 0 && healthFactor.compareTo(BigDecimal.ONE) < 0;
        }

        @Override
        public String toString() {
            return "Row[block " + block + "]";
        }
    }

    public static AaveAccount read(Path file) {
        CsvTable table = CsvTable.read(file);
        for (String column : table.columns()) {
            requireKnown(table.name(), column);
        }
        List<Row> rows = new ArrayList<>(table.lines().size());
        long last = -1;
        for (CsvTable.Line line : table.lines()) {
            Row row = row(line);
            if (row.block <= last) {
                throw new InvalidDatasetException(line.where(), "blocks do not ascend");
            }
            last = row.block;
            rows.add(row);
        }
        return new AaveAccount(List.copyOf(rows));
    }

    /** The latest row at or before a block, if it is not older than {@code blocksMax}. */
    public Optional<Row> at(long block, long blocksMax) {
        Row latest = null;
        for (Row row : rows) {
            if (row.block <= block) {
                latest = row;
            }
        }
        return Optional.ofNullable(latest).filter(row -> block - row.block <= blocksMax);
    }

    private static void requireKnown(String file, String column) {
        if (!FIXED.contains(column)
                && !column.endsWith(COLLATERAL)
                && !column.endsWith(DEBT)
                && !column.endsWith(PRICE)
                && !column.endsWith(IN_USD)) {
            throw new InvalidDatasetException(file + " line 1", "unknown column " + column);
        }
    }

    private static Row row(CsvTable.Line line) {
        Map<String, BigInteger> collateral = new TreeMap<>();
        Map<String, BigInteger> debt = new TreeMap<>();
        Map<String, BigDecimal> prices = new TreeMap<>();
        for (String column : line.values().keySet()) {
            if (column.endsWith(COLLATERAL)) {
                putAmount(line, column, COLLATERAL, collateral);
            } else if (column.endsWith(DEBT)) {
                putAmount(line, column, DEBT, debt);
            } else if (column.endsWith(PRICE)) {
                prices.put(column.substring(0, column.length() - PRICE.length()), number(line, column));
            }
        }
        return new Row(
                wholeNumber(line, "block").longValueExact(),
                collateral,
                debt,
                prices,
                number(line, "healthFactor"),
                number(line, "totalDebt"));
    }

    private static void putAmount(CsvTable.Line line, String column, String suffix, Map<String, BigInteger> amounts) {
        BigInteger amount = wholeNumber(line, column);
        if (amount.signum() > 0) {
            String asset = column.substring(0, column.length() - suffix.length());
            line.value(asset + PRICE);
            amounts.put(asset, amount);
        }
    }

    private static BigInteger wholeNumber(CsvTable.Line line, String column) {
        try {
            return number(line, column).toBigIntegerExact();
        } catch (ArithmeticException e) {
            throw new InvalidDatasetException(line.where(), "column " + column + " is not a whole number");
        }
    }

    private static BigDecimal number(CsvTable.Line line, String column) {
        String text = line.value(column);
        if (!NUMBER.matcher(text).matches()) {
            throw new InvalidDatasetException(line.where(), "column " + column + " is not a number from 0 up");
        }
        return new BigDecimal(text);
    }
}
