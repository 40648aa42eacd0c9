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
import java.util.stream.LongStream;

/** A market through time as a scenario, with its levels from plain arithmetic over all its positions. */
public final class MarketScenario {
    private static final BigInteger BPS = BigInteger.valueOf(10_000);

    private MarketScenario() {}

    public static Scenario of(Market market) {
        RiskLimits limits = market.limits();
        return new Scenario(
                MarketHealthJob.parameters(
                        market.assets(),
                        LongStream.of(limits.first(), limits.second(), limits.third())
                                .boxed()
                                .toList()),
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

    /**
     * What a window with these books publishes.
     *
     * @param prices scaled, as they enter a tick
     */
    public static Results expected(Market market, List<BigInteger> prices, List<Book> books) {
        BigInteger debt = BigInteger.ZERO;
        BigInteger atRisk = BigInteger.ZERO;
        for (Book book : books) {
            for (Position position : book.positions()) {
                BigInteger own = value(position.debt(), prices);
                debt = debt.add(own);
                if (carried(market.assets(), position, prices).compareTo(own.multiply(BPS)) < 0) {
                    atRisk = atRisk.add(own);
                }
            }
        }
        long level = 0;
        RiskLimits limits = market.limits();
        for (int limit : new int[] {limits.first(), limits.second(), limits.third()}) {
            level += debt.multiply(BigInteger.valueOf(limit)).compareTo(atRisk.multiply(BPS)) < 0 ? 1 : 0;
        }
        return Results.none().with("level", level);
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
