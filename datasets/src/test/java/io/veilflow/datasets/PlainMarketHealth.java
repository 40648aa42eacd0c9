package io.veilflow.datasets;

import io.veilflow.datasets.schema.Asset;
import io.veilflow.datasets.schema.Book;
import io.veilflow.datasets.schema.FixedPoint;
import io.veilflow.datasets.schema.Market;
import io.veilflow.datasets.schema.Position;
import io.veilflow.datasets.schema.RiskLimits;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The formula of the market-health job on plain integers, for the tests of this module. */
public final class PlainMarketHealth {
    private static final BigInteger BASIS = BigInteger.valueOf(FixedPoint.BASIS_POINTS_PER_UNIT);

    private PlainMarketHealth() {}

    public static boolean atRisk(Market market, int window, Position position) {
        List<BigInteger> prices = scaledPrices(market, window);
        BigInteger covered = BigInteger.ZERO;
        for (int i = 0; i < prices.size(); i++) {
            Asset asset = market.assets().get(i);
            covered = covered.add(position.collateral()
                    .get(i)
                    .multiply(prices.get(i))
                    .multiply(BigInteger.valueOf(asset.liquidationThreshold())));
        }
        return covered.compareTo(debt(prices, position).multiply(BASIS)) < 0;
    }

    /** Number of limits that the share of debt at risk is above. */
    public static int level(Market market, int window) {
        BigInteger all = BigInteger.ZERO;
        BigInteger risky = BigInteger.ZERO;
        for (Book book : market.windows().get(window).books()) {
            for (Position position : book.positions()) {
                BigInteger debt = debt(scaledPrices(market, window), position);
                all = all.add(debt);
                risky = risky.add(atRisk(market, window, position) ? debt : BigInteger.ZERO);
            }
        }
        RiskLimits limits = market.limits();
        return above(limits.first(), risky, all)
                + above(limits.second(), risky, all)
                + above(limits.third(), risky, all);
    }

    private static int above(int limit, BigInteger risky, BigInteger all) {
        return all.multiply(BigInteger.valueOf(limit)).compareTo(risky.multiply(BASIS)) < 0 ? 1 : 0;
    }

    /** Prices with the power of ten that evens out the assets' decimals (PROTOCOLS 14). */
    private static List<BigInteger> scaledPrices(Market market, int window) {
        int most = market.assets().stream().mapToInt(Asset::decimals).max().orElseThrow();
        List<BigInteger> scaled = new ArrayList<>();
        for (int i = 0; i < market.assets().size(); i++) {
            BigInteger factor = BigInteger.TEN.pow(most - market.assets().get(i).decimals());
            scaled.add(market.windows().get(window).prices().get(i).multiply(factor));
        }
        return scaled;
    }

    private static BigInteger debt(List<BigInteger> prices, Position position) {
        BigInteger debt = BigInteger.ZERO;
        for (int i = 0; i < prices.size(); i++) {
            debt = debt.add(position.debt().get(i).multiply(prices.get(i)));
        }
        return debt;
    }
}
