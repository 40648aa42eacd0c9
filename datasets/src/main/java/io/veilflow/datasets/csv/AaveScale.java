package io.veilflow.datasets.csv;

import io.veilflow.datasets.schema.Asset;
import io.veilflow.datasets.schema.FixedPoint;
import io.veilflow.datasets.schema.Position;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The documented rule from Aave's numbers to those of a job. Amounts: raw token units are divided by the token's
 * decimals and brought to 8 decimals for every asset; what does not fit is rounded against the borrower, collateral down
 * and debt up, as lending protocols do. Prices: 8 decimals, rounded to nearest, ties to even.
 */
final class AaveScale {
    static final int AMOUNT_DECIMALS = 8;

    private final AaveParameters parameters;
    private final List<Asset> assets;

    AaveScale(AaveParameters parameters, List<String> symbols) {
        this.parameters = parameters;
        this.assets = symbols.stream()
                .map(symbol -> new Asset(
                        symbol,
                        AMOUNT_DECIMALS,
                        parameters.reserve(symbol, "asset list").liquidationThreshold()))
                .toList();
    }

    List<Asset> assets() {
        return assets;
    }

    Position position(AaveAccount.Row row) {
        List<BigInteger> collateral = new ArrayList<>(assets.size());
        List<BigInteger> debt = new ArrayList<>(assets.size());
        for (Asset asset : assets) {
            collateral.add(amount(asset, row.collateral(), RoundingMode.DOWN));
            debt.add(amount(asset, row.debt(), RoundingMode.UP));
        }
        return new Position(collateral, debt);
    }

    private BigInteger amount(Asset asset, Map<String, BigInteger> raw, RoundingMode rounding) {
        int tokenDecimals = parameters.reserve(asset.symbol(), "asset list").tokenDecimals();
        BigInteger units = raw.getOrDefault(asset.symbol(), BigInteger.ZERO);
        return FixedPoint.amount(asset).encode(new BigDecimal(units, tokenDecimals), rounding);
    }

    static BigInteger price(String symbol, BigDecimal dollars) {
        return FixedPoint.price(symbol).encode(dollars, RoundingMode.HALF_EVEN);
    }
}
