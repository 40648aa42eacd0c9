package io.veilflow.pipeline.job.standard;

import io.veilflow.datasets.schema.Asset;
import io.veilflow.datasets.schema.Book;
import io.veilflow.datasets.schema.Market;
import io.veilflow.datasets.schema.MarketWindow;
import io.veilflow.datasets.schema.Position;
import io.veilflow.datasets.schema.RiskLimits;
import io.veilflow.pipeline.job.kind.Results;
import io.veilflow.pipeline.job.kind.Scenario;
import java.math.BigInteger;
import java.util.List;

/** A market through time as a scenario, with its levels from plain arithmetic over all its positions. */
public final class MarketScenario {
    private static final BigInteger BPS = BigInteger.valueOf(10_000);
    /** Prices as they are, then two falls. */
    private static final List<Long> SHOCKS = List.of(10_000L, 9_000L, 7_500L);

    private static final long STOP_LEVEL = 2;

    private MarketScenario() {}

    public static Scenario of(Market market) {
        RiskLimits limits = market.limits();
        return new Scenario(
                MarketHealthJob.parameters(
                                market.assets(),
                                List.of((long) limits.first(), (long) limits.second(), (long) limits.third()))
                        .withNumbers(MarketHealthJob.SHOCKS, SHOCKS)
                        .with(MarketHealthJob.STOP_LEVEL, STOP_LEVEL),
                market.institutions().stream()
                        .map(institution -> new Scenario.Institution(
                                institution.name(), MarketHealthJob.POSITION, institution.slots()))
                        .toList(),
                market.windows().stream().map(window -> window(market, window)).toList());
    }

    private static Scenario.Window window(Market market, MarketWindow window) {
        List<BigInteger> prices = new PriceTable(market.assets()).scaled(window.prices());
        return new Scenario.Window(
                prices,
                window.books().stream().map(PositionTable::fields).toList(),
                expected(market, prices, window.books()));
    }

    /** @param prices scaled, as they enter a tick */
    private static Results expected(Market market, List<BigInteger> prices, List<Book> books) {
        Results results = Results.none();
        int stopAt = 0;
        for (int shock = 0; shock < SHOCKS.size(); shock++) {
            long level = level(market, prices, books, BigInteger.valueOf(SHOCKS.get(shock)));
            results = results.with("level-" + shock, level);
            stopAt += stopAt == shock && level < STOP_LEVEL ? 1 : 0;
        }
        return results.with("stop-at", stopAt);
    }

    private static long level(Market market, List<BigInteger> prices, List<Book> books, BigInteger shock) {
        BigInteger debt = BigInteger.ZERO;
        BigInteger atRisk = BigInteger.ZERO;
        for (Book book : books) {
            for (Position position : book.positions()) {
                BigInteger own = value(position.debt(), prices);
                BigInteger carried = carried(market.assets(), position, prices).multiply(shock);
                debt = debt.add(own);
                if (carried.compareTo(own.multiply(BPS).multiply(BPS)) < 0) {
                    atRisk = atRisk.add(own);
                }
            }
        }
        long level = 0;
        RiskLimits limits = market.limits();
        for (int limit : new int[] {limits.first(), limits.second(), limits.third()}) {
            level += debt.multiply(BigInteger.valueOf(limit)).compareTo(atRisk.multiply(BPS)) < 0 ? 1 : 0;
        }
        return level;
    }

    private static BigInteger value(List<BigInteger> amounts, List<BigInteger> prices) {
        BigInteger value = BigInteger.ZERO;
        for (int i = 0; i < amounts.size(); i++) {
            value = value.add(amounts.get(i).multiply(prices.get(i)));
        }
        return value;
    }

    private static BigInteger carried(List<Asset> assets, Position position, List<BigInteger> prices) {
        BigInteger carried = BigInteger.ZERO;
        for (int i = 0; i < assets.size(); i++) {
            carried = carried.add(position.collateral()
                    .get(i)
                    .multiply(prices.get(i))
                    .multiply(BigInteger.valueOf(assets.get(i).liquidationThreshold())));
        }
        return carried;
    }
}
