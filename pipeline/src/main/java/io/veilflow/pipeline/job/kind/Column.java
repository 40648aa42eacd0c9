package io.veilflow.pipeline.job.kind;

import io.veilflow.datasets.csv.CsvTable;
import io.veilflow.datasets.schema.InvalidDatasetException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/**
 * A column of plain decimal numbers that become whole multiples of 10^-decimals. Nothing is rounded: digits beyond the decimals are
 * refused, and so are exponents, separators and minus zero.
 *
 * @param minimum least number, in multiples
 * @param maximum largest number, in multiples
 */
public record Column(String name, int decimals, BigInteger minimum, BigInteger maximum) {
    private static final int DECIMALS_MAX = 18;
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,40}(\\.[0-9]{1,18})?");

    public Column {
        if (decimals < 0 || decimals > DECIMALS_MAX) {
            throw new IllegalArgumentException("column " + name + ": " + decimals + " decimals, 0 to 18 are possible");
        }
    }

    /** @throws InvalidDatasetException naming line and column, and no value */
    public BigInteger read(CsvTable.Line line) {
        String text = line.value(name);
        if (!NUMBER.matcher(text).matches()) {
            throw refused(line, "is not a plain decimal number");
        }
        BigInteger number;
        try {
            number = new BigDecimal(text)
                    .setScale(decimals, RoundingMode.UNNECESSARY)
                    .unscaledValue();
        } catch (ArithmeticException tooFine) {
            throw refused(line, "has more than " + decimals + " decimals");
        }
        if (number.signum() == 0 && text.startsWith("-")) {
            throw refused(line, "is minus zero");
        }
        if (number.compareTo(minimum) < 0 || number.compareTo(maximum) > 0) {
            throw refused(line, "is not from " + text(minimum) + " to " + text(maximum));
        }
        return number;
    }

    public String text(BigInteger number) {
        return new BigDecimal(number, decimals).toPlainString();
    }

    private InvalidDatasetException refused(CsvTable.Line line, String what) {
        return new InvalidDatasetException(line.where(), "column " + name + " " + what);
    }
}
