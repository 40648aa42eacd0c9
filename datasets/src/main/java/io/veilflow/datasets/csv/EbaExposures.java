package io.veilflow.datasets.csv;

import io.veilflow.datasets.schema.FixedPoint;
import io.veilflow.datasets.schema.InvalidDatasetException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What banks have published of their exposures to counterparties by country and asset class (European Banking Authority,
 * transparency exercise and stress test), in millions of euro.
 *
 * <p>Rows that are no exposure of their own are left out: those for the country {@code Total}, which count everything a second
 * time and are not the sum of the countries either, and {@code Total assets} and {@code Common tier1 equity capital}. A
 * bank without any other row has no exposure here. Country codes are not checked: some are not of ISO.
 */
public final class EbaExposures {
    /** An exposure in thousands of euro: digits behind that are rounded half up. */
    public static final FixedPoint AMOUNT = new FixedPoint(
            "exposure",
            "million euro",
            3,
            BigInteger.ZERO,
            BigInteger.ONE.shiftLeft(32).subtract(BigInteger.ONE));

    private static final List<String> COLUMNS = List.of(
            "LEI_code",
            "Country_code",
            "Bank_name",
            "Period",
            "Country",
            "Exposure",
            "Loan_Amount",
            "Bond_Amount",
            "Total_Amount",
            "Unit",
            "Currency");
    private static final String ALL_COUNTRIES = "Total";
    private static final Set<String> NO_EXPOSURES = Set.of("Total assets", "Common tier1 equity capital");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,20})?(e-[0-9]{1,2})?");

    private EbaExposures() {}

    /**
     * One bank.
     *
     * @param byCountry exposure of all asset classes together for each counterparty country, in {@link #AMOUNT}
     */
    public record Bank(String lei, String name, SortedMap<String, BigInteger> byCountry) {}

    /** In the order of the file. */
    public static List<Bank> read(Path file) {
        CsvTable table = CsvTable.readQuoted(file);
        table.require(COLUMNS);
        List<String> order = new ArrayList<>();
        Map<String, String> names = new TreeMap<>();
        Map<String, SortedMap<String, BigDecimal>> sums = new TreeMap<>();
        for (CsvTable.Line line : table.lines()) {
            String lei = line.value("LEI_code");
            if (names.putIfAbsent(lei, line.value("Bank_name")) == null) {
                order.add(lei);
                sums.put(lei, new TreeMap<>());
            }
            boolean exposure =
                    !line.value("Country").equals(ALL_COUNTRIES) && !NO_EXPOSURES.contains(line.value("Exposure"));
            if (exposure) {
                sums.get(lei).merge(line.value("Country"), amount(line), BigDecimal::add);
            }
        }
        return order.stream()
                .map(lei -> new Bank(lei, names.get(lei), encoded(sums.get(lei))))
                .toList();
    }

    private static SortedMap<String, BigInteger> encoded(SortedMap<String, BigDecimal> sums) {
        SortedMap<String, BigInteger> encoded = new TreeMap<>();
        sums.forEach((country, sum) -> encoded.put(country, AMOUNT.encode(sum, RoundingMode.HALF_UP)));
        return encoded;
    }

    private static BigDecimal amount(CsvTable.Line line) {
        String text = line.value("Total_Amount");
        boolean million =
                line.value("Unit").equals("Millions") && line.value("Currency").equals("Euro");
        if (!million || !NUMBER.matcher(text).matches()) {
            throw new InvalidDatasetException(line.where(), "an amount is a decimal number of millions of euro");
        }
        return new BigDecimal(text);
    }
}
