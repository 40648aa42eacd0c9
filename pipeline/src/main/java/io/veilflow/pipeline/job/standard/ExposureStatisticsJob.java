package io.veilflow.pipeline.job.standard;

import io.veilflow.datasets.csv.EbaExposures;
import io.veilflow.pipeline.job.kind.Consumption;
import io.veilflow.pipeline.job.kind.JobKind;
import io.veilflow.pipeline.job.kind.JobParameter;
import io.veilflow.pipeline.job.kind.JobParameters;
import io.veilflow.pipeline.job.kind.JobRole;
import io.veilflow.pipeline.job.kind.JobSlots;
import io.veilflow.pipeline.job.kind.Results;
import io.veilflow.pipeline.job.kind.Scenario;
import io.veilflow.pipeline.job.kind.ScenarioRequest;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.job.ExposureStatisticsRule;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** Sum, average, variance and concentration of exposures of several banks ({@link ExposureStatisticsRule}). */
public final class ExposureStatisticsJob implements JobKind {
    /** The one role. */
    public static final String EXPOSURE = "exposure";
    /** Parameter: bits of an amount. */
    public static final String BITS = "amountBits";

    private static final String DATA_SET = "eba-bank-exposures";
    private static final Path PUBLISHED = Path.of(DATA_SET, "eba_exposures_2020.csv");
    private static final List<String> BANKS = List.of("petrel-bank", "quail-bank", "raven-bank", "siskin-bank");

    @Override
    public String name() {
        return "exposure-statistics";
    }

    @Override
    public String summary() {
        return "Sum, average, variance and concentration (HHI) of the banks' exposures; no single one and no bank's"
                + " total is shown.";
    }

    @Override
    public List<JobParameter> parameters() {
        return List.of(JobParameter.number(
                BITS, "bits of an amount, in the job's unit", 2, ExposureStatisticsRule.AMOUNT_BITS_MAX));
    }

    @Override
    public List<JobRole> roles() {
        return List.of(new JobRole(EXPOSURE, "banks", "one exposure: amount"));
    }

    @Override
    public Rule rule(JobSlots slots, JobParameters parameters) {
        return ExposureStatisticsRule.of(slots.owners(EXPOSURE), (int) parameters.number(BITS))
                .rule();
    }

    /** The number of bits shapes the rule and is no input of it. */
    @Override
    public List<BigInteger> parameterInputs(JobParameters parameters) {
        return List.of();
    }

    @Override
    public String meaning(Results results, JobParameters parameters) {
        return "sum " + results.value("sum") + ", average " + results.value("average") + ", variance "
                + results.value("variance") + ", HHI " + results.value("hhi") + "/10000";
    }

    @Override
    public Consumption consumption() {
        return new Consumption(
                Consumption.Contract.RISK_FEED,
                Optional.of("hhi"),
                "shows the concentration behind the interface of a price feed");
    }

    @Override
    public Optional<String> dataSet() {
        return Optional.of(DATA_SET);
    }

    /** Banks of quite different size, or published exposures; the first has one exposure less than slots. */
    @Override
    public Scenario scenario(ScenarioRequest request) {
        return request.data().map(folder -> published(folder, request)).orElseGet(() -> generated(request));
    }

    private static Scenario generated(ScenarioRequest request) {
        Random random = new Random(request.seed());
        JobParameters parameters = JobParameters.none().with(BITS, 24);
        List<Scenario.Institution> banks = Scenario.deal(EXPOSURE, request.slots(), BANKS);
        List<Scenario.Window> windows = new ArrayList<>();
        for (int window = 0; window < request.windows(); window++) {
            List<List<Long>> exposures = new ArrayList<>();
            for (int bank = 0; bank < banks.size(); bank++) {
                int slots = banks.get(bank).slots();
                int used = bank == 0 && slots > 1 ? slots - 1 : slots;
                exposures.add(
                        random.longs(used, 1, 1_000_000L * (bank + 1)).boxed().toList());
            }
            windows.add(window(exposures));
        }
        return new Scenario(parameters, banks, windows);
    }

    /** The four banks with most countries, named by their LEI, each with its largest exposures; one less in every window. */
    private static Scenario published(Path folder, ScenarioRequest request) {
        List<EbaExposures.Bank> largest = EbaExposures.read(folder.resolve(PUBLISHED)).stream()
                .sorted(Comparator.comparingInt(
                        (EbaExposures.Bank bank) -> -bank.byCountry().size()))
                .limit(BANKS.size())
                .toList();
        List<Scenario.Institution> banks = Scenario.deal(
                EXPOSURE,
                request.slots(),
                largest.stream()
                        .map(bank -> bank.lei().toLowerCase(Locale.ROOT))
                        .toList());
        List<Scenario.Window> windows = new ArrayList<>();
        for (int window = 0; window < request.windows(); window++) {
            List<List<Long>> exposures = new ArrayList<>();
            for (int bank = 0; bank < banks.size(); bank++) {
                exposures.add(largest.get(bank).byCountry().values().stream()
                        .sorted(Comparator.reverseOrder())
                        .limit(Math.max(1, banks.get(bank).slots() - window))
                        .map(BigInteger::longValueExact)
                        .toList());
            }
            windows.add(window(exposures));
        }
        JobParameters parameters = JobParameters.none().with(BITS, ExposureStatisticsRule.AMOUNT_BITS_MAX);
        return new Scenario(parameters, banks, windows);
    }

    private static Scenario.Window window(List<List<Long>> exposures) {
        List<List<List<BigInteger>>> books = exposures.stream()
                .map(bank -> bank.stream()
                        .map(amount -> List.of(BigInteger.valueOf(amount)))
                        .toList())
                .toList();
        return new Scenario.Window(List.of(), books, expected(exposures));
    }

    private static Results expected(List<List<Long>> banks) {
        BigInteger count = BigInteger.ZERO;
        BigInteger sum = BigInteger.ZERO;
        BigInteger squares = BigInteger.ZERO;
        BigInteger bankSquares = BigInteger.ZERO;
        for (List<Long> bank : banks) {
            BigInteger total = BigInteger.ZERO;
            for (long amount : bank) {
                total = total.add(BigInteger.valueOf(amount));
                squares = squares.add(BigInteger.valueOf(amount).pow(2));
            }
            count = count.add(BigInteger.valueOf(bank.size()));
            sum = sum.add(total);
            bankSquares = bankSquares.add(total.pow(2));
        }
        BigInteger variance = count.multiply(squares).subtract(sum.pow(2)).divide(count.pow(2));
        BigInteger concentration =
                bankSquares.multiply(BigInteger.valueOf(10_000)).divide(sum.pow(2));
        return Results.none()
                .with("sum", List.of(sum))
                .with("average", List.of(sum.divide(count)))
                .with("variance", List.of(variance))
                .with("hhi", List.of(concentration));
    }
}
