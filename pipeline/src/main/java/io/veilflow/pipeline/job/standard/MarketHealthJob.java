package io.veilflow.pipeline.job.standard;

import io.veilflow.datasets.csv.AaveMarket;
import io.veilflow.datasets.generate.MarketGenerator;
import io.veilflow.datasets.schema.Asset;
import io.veilflow.pipeline.job.kind.BookTable;
import io.veilflow.pipeline.job.kind.Consumption;
import io.veilflow.pipeline.job.kind.FeedTable;
import io.veilflow.pipeline.job.kind.JobKind;
import io.veilflow.pipeline.job.kind.JobParameter;
import io.veilflow.pipeline.job.kind.JobParameters;
import io.veilflow.pipeline.job.kind.JobRole;
import io.veilflow.pipeline.job.kind.JobSlots;
import io.veilflow.pipeline.job.kind.Results;
import io.veilflow.pipeline.job.kind.Scenario;
import io.veilflow.pipeline.job.kind.ScenarioRequest;
import io.veilflow.zk.rule.PublicInput;
import io.veilflow.zk.rule.Role;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.job.MarketHealthRule;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * How much of a lending market's debt stands on collateral that no longer carries it, now and after price shocks ({@link
 * MarketHealthRule}).
 *
 * <p><b>Scale</b> (PROTOCOLS 14). An amount is a whole number of 10^-decimals of its asset. A price is a whole number of
 * 10^-8 for one whole unit of the asset. So that amounts of assets with different decimals can be added, the price that
 * enters the rule is multiplied by 10^(D - decimals), where D is the largest number of decimals of the job; the product
 * must be below 2^64.
 */
public final class MarketHealthJob implements JobKind {
    static final String POSITION = "position";
    static final String ASSETS = "assets";
    static final String DECIMALS = "decimals";
    static final String THRESHOLDS = "thresholdsBps";
    static final String LIMITS = "limitsBps";
    public static final String SHOCKS = "shocksBps";
    static final String STOP_LEVEL = "stopLevel";
    private static final int DECIMALS_MAX = 18;
    private static final int BPS = MarketHealthRule.BASIS_POINTS;

    @Override
    public String name() {
        return "market-health";
    }

    @Override
    public String summary() {
        return "The risk level of a lending market today and after each of a grid of price shocks, from the positions"
                + " of all lenders and public prices.";
    }

    @Override
    public List<JobParameter> parameters() {
        int most = MarketHealthRule.ASSETS_MAX;
        return List.of(
                JobParameter.names(ASSETS, "what is lent and borrowed", 1, most),
                JobParameter.numbers(DECIMALS, "decimals of amounts, for each asset", 1, most, 0, DECIMALS_MAX),
                JobParameter.numbers(
                        THRESHOLDS, "share of a collateral that counts, for each asset, 1/10000", 1, most, 0, BPS),
                JobParameter.numbers(
                        LIMITS,
                        "share of the debt at risk at which level 1, 2, 3 begins, 1/10000",
                        MarketHealthRule.LIMITS,
                        MarketHealthRule.LIMITS,
                        0,
                        BPS),
                JobParameter.numbers(
                        SHOCKS,
                        "what is left of collateral prices after each shock, mild to severe, 1/10000",
                        1,
                        MarketHealthRule.SHOCKS_MAX,
                        0,
                        BPS),
                JobParameter.number(
                        STOP_LEVEL,
                        "level at which borrowing must stop; read with two shocks or more",
                        1,
                        MarketHealthRule.LIMITS));
    }

    @Override
    public List<JobRole> roles() {
        return List.of(new JobRole(POSITION, "lenders", "one position: collateral and debt of every asset"));
    }

    @Override
    public List<String> errors(JobParameters parameters) {
        List<String> errors = new ArrayList<>();
        int assets = parameters.names(ASSETS).size();
        for (String list : List.of(DECIMALS, THRESHOLDS)) {
            if (parameters.numbers(list).size() != assets) {
                errors.add(list + ": expected one number for each of the " + assets + " assets");
            }
        }
        List<Long> limits = parameters.numbers(LIMITS);
        if (IntStream.range(1, limits.size()).anyMatch(i -> limits.get(i) < limits.get(i - 1))) {
            errors.add(LIMITS + ": not ascending");
        }
        if (parameters.numbers(SHOCKS).size() == 1 && parameters.number(SHOCKS) != BPS) {
            errors.add(SHOCKS + ": a single shock is prices as they are, " + BPS);
        }
        return errors;
    }

    @Override
    public Rule rule(JobSlots slots, JobParameters parameters) {
        return MarketHealthRule.of(
                        parameters.names(ASSETS).size(),
                        slots.total(POSITION),
                        parameters.numbers(SHOCKS).size())
                .rule();
    }

    @Override
    public List<BigInteger> parameterInputs(JobParameters parameters) {
        List<Long> inputs = new ArrayList<>(parameters.numbers(THRESHOLDS));
        inputs.addAll(parameters.numbers(LIMITS));
        if (parameters.numbers(SHOCKS).size() > 1) {
            inputs.addAll(parameters.numbers(SHOCKS));
            inputs.add(parameters.number(STOP_LEVEL));
        }
        return inputs.stream().map(BigInteger::valueOf).toList();
    }

    @Override
    public BookTable books(Role role, JobParameters parameters) {
        return new PositionTable(assets(parameters));
    }

    @Override
    public FeedTable feed(List<PublicInput> inputs, JobParameters parameters) {
        return new PriceTable(assets(parameters));
    }

    @Override
    public String meaning(Results results, JobParameters parameters) {
        List<Long> shocks = parameters.numbers(SHOCKS);
        if (shocks.size() == 1) {
            return "level " + results.value("level");
        }
        StringBuilder text = new StringBuilder("level " + results.value("level-0"));
        for (int shock = 1; shock < shocks.size(); shock++) {
            text.append(", ").append(results.value("level-" + shock)).append(" at ");
            text.append(new BigDecimal(BigInteger.valueOf(shocks.get(shock)), 2)
                    .stripTrailingZeros()
                    .toPlainString());
            text.append(" %");
        }
        int stop = results.value("stop-at").intValueExact();
        text.append(stop == shocks.size() ? ", no shock stops borrowing" : ", stops at shock " + stop);
        return text.toString();
    }

    /** As prices are: without a shock. */
    @Override
    public OptionalInt level(Results results) {
        String output = results.values().containsKey("level") ? "level" : "level-0";
        return OptionalInt.of(results.value(output).intValueExact());
    }

    @Override
    public Consumption consumption() {
        return new Consumption(
                Consumption.Contract.MARKET_GUARD, "pauses borrowing at a high level, resumes after calm windows");
    }

    @Override
    public Optional<String> dataSet() {
        return Optional.of("aave-v2-positions");
    }

    @Override
    public Scenario scenario(ScenarioRequest request) {
        return MarketScenario.of(request.data()
                .map(folder -> AaveMarket.read(folder).market(request.windows()))
                .orElseGet(() -> new MarketGenerator(request.seed()).market(request.windows(), request.slots())));
    }

    /** The assets as data sets name them. */
    public static List<Asset> assets(JobParameters parameters) {
        List<Asset> assets = new ArrayList<>();
        for (int i = 0; i < parameters.names(ASSETS).size(); i++) {
            assets.add(new Asset(
                    parameters.names(ASSETS).get(i),
                    parameters.numbers(DECIMALS).get(i).intValue(),
                    parameters.numbers(THRESHOLDS).get(i).intValue()));
        }
        return assets;
    }

    /** Parameters of a job over these assets, with prices as they are as the only shock. */
    public static JobParameters parameters(List<Asset> assets, List<Long> limitsBps) {
        return JobParameters.none()
                .withNames(
                        ASSETS,
                        assets.stream()
                                .map(asset -> asset.symbol().toLowerCase(Locale.ROOT))
                                .toList())
                .withNumbers(
                        DECIMALS,
                        assets.stream().map(asset -> (long) asset.decimals()).toList())
                .withNumbers(
                        THRESHOLDS,
                        assets.stream()
                                .map(asset -> (long) asset.liquidationThreshold())
                                .toList())
                .withNumbers(LIMITS, limitsBps)
                .withNumbers(SHOCKS, List.of((long) BPS))
                .with(STOP_LEVEL, MarketHealthRule.LIMITS);
    }
}
