package io.veilflow.pipeline.demo;

import io.veilflow.datasets.schema.Book;
import io.veilflow.datasets.schema.Market;
import io.veilflow.datasets.schema.Position;
import io.veilflow.pipeline.job.MarketHealthJob;
import io.veilflow.zk.rule.ClearInputs;
import io.veilflow.zk.rule.ClearReading;
import io.veilflow.zk.rule.MarketHealthRule;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The rule read in the clear on a market that only a test may see whole. */
public final class ClearLevels {
    private ClearLevels() {}

    /** Level of a window in which all its books count. */
    public static int level(Market market, int window) {
        return rule(market)
                .level(reading(market, window, market.windows().get(window).books()));
    }

    /** Level of a window with other books, in the order of the institutions. */
    public static int level(Market market, int window, List<Book> books) {
        return rule(market).level(reading(market, window, books));
    }

    /** Whether a slot is at risk in a window, with all its books. */
    public static boolean atRisk(Market market, int window, int slot) {
        return rule(market)
                .atRisk(reading(market, window, market.windows().get(window).books()), slot);
    }

    private static MarketHealthRule rule(Market market) {
        return MarketHealthRule.of(market.assets().size(), market.slots());
    }

    private static ClearReading reading(Market market, int window, List<Book> books) {
        MarketHealthJob job = DemoJob.marketHealth(market);
        List<BigInteger> numbers = new ArrayList<>();
        for (Book book : books) {
            for (Position position : book.positions()) {
                numbers.addAll(position.collateral());
                numbers.addAll(position.debt());
            }
        }
        List<BigInteger> publics = new ArrayList<>();
        for (int asset = 0; asset < market.assets().size(); asset++) {
            publics.add(
                    job.scaledPrice(asset, market.windows().get(window).prices().get(asset)));
        }
        publics.addAll(job.parameterValues());
        return rule(market).rule().evaluate(ClearInputs.allUsed(rule(market).rule(), numbers, publics));
    }
}
