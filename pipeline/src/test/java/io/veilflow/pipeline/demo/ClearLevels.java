package io.veilflow.pipeline.demo;

import io.veilflow.datasets.schema.Book;
import io.veilflow.datasets.schema.Market;
import io.veilflow.pipeline.job.kind.JobKind;
import io.veilflow.pipeline.job.kind.Results;
import io.veilflow.pipeline.job.kind.Scenario;
import io.veilflow.pipeline.job.standard.MarketHealthJob;
import io.veilflow.pipeline.job.standard.MarketScenario;
import io.veilflow.zk.rule.ClearInputs;
import io.veilflow.zk.rule.ClearReading;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.job.MarketHealthRule;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The rule read in the clear on a market that only a test may see whole. */
public final class ClearLevels {
    private static final JobKind KIND = new MarketHealthJob();

    private ClearLevels() {}

    /** What a window publishes in which all its books count. */
    public static Results results(Market market, int window) {
        return results(market, window, market.windows().get(window).books());
    }

    /** What a window publishes with other books, in the order of the institutions. */
    public static Results results(Market market, int window, List<Book> books) {
        ClearReading reading = reading(market, window, books);
        return Results.of(reading.rule(), reading.outputs());
    }

    /** Whether a slot is at risk in a window as prices are, with all its books. */
    public static boolean atRisk(Market market, int window, int slot) {
        int shocks = MarketScenario.of(market)
                .parameters()
                .numbers(MarketHealthJob.SHOCKS)
                .size();
        return MarketHealthRule.of(market.assets().size(), market.slots(), shocks)
                .atRisk(reading(market, window, market.windows().get(window).books()), slot);
    }

    private static ClearReading reading(Market market, int window, List<Book> books) {
        Scenario scenario = MarketScenario.of(market);
        Rule rule = KIND.rule(scenario.slots(), scenario.parameters());
        List<BigInteger> numbers = new ArrayList<>();
        for (Book book : books) {
            book.positions().forEach(position -> {
                numbers.addAll(position.collateral());
                numbers.addAll(position.debt());
            });
        }
        List<BigInteger> publics =
                new ArrayList<>(scenario.windows().get(window).feed());
        publics.addAll(KIND.parameterInputs(scenario.parameters()));
        return rule.evaluate(ClearInputs.allUsed(rule, numbers, publics));
    }
}
