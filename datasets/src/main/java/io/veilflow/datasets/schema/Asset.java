package io.veilflow.datasets.schema;

import java.util.regex.Pattern;

/**
 * An asset of a market.
 *
 * @param decimals digits behind the decimal point of an amount in the job, 0 to 18
 * @param liquidationThreshold share of a collateral's value that covers debt, in basis points; 0 if the asset covers none
 */
public record Asset(String symbol, int decimals, int liquidationThreshold) {
    private static final Pattern SYMBOL = Pattern.compile("[A-Za-z0-9]{1,16}");

    public Asset {
        if (!SYMBOL.matcher(symbol).matches()) {
            throw new InvalidDatasetException("asset", "a symbol is 1 to 16 letters and digits");
        }
        if (decimals < 0 || decimals > 18) {
            throw new InvalidDatasetException(symbol, "has " + decimals + " decimals, 0 to 18 are possible");
        }
        if (liquidationThreshold < 0 || liquidationThreshold > FixedPoint.BASIS_POINTS_PER_UNIT) {
            throw new InvalidDatasetException(symbol, "has a liquidation threshold outside 0 to 10000 basis points");
        }
    }
}
