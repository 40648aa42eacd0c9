package io.veilflow.pipeline.job.standard;

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
import io.veilflow.zk.rule.job.MedianAndTopRule;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Median, quantiles and the cut of the top k of numbers that nobody sees ({@link MedianAndTopRule}). */
public final class MedianAndTopJob implements JobKind {
    private static final String ENTRY = "entry";
    private static final String BITS = "valueBits";
    private static final String QUANTILES = "quantilesBps";
    private static final String TOP = "top";
    private static final List<String> SURVEYED =
            List.of("lark-works", "merlin-works", "nightjar-works", "osprey-works");

    @Override
    public String name() {
        return "median-and-top";
    }

    @Override
    public String summary() {
        return "Median, quantiles and the cut of the top k of hidden numbers, right with ties; whose they are stays"
                + " hidden.";
    }

    @Override
    public List<JobParameter> parameters() {
        return List.of(
                JobParameter.number(BITS, "bits of a number", 1, MedianAndTopRule.VALUE_BITS_MAX),
                JobParameter.numbers(
                        QUANTILES,
                        "quantiles beside the median, 1/10000",
                        0,
                        MedianAndTopRule.QUANTILES_MAX,
                        1,
                        MedianAndTopRule.BASIS_POINTS),
                JobParameter.number(TOP, "k: how many are in the top", 1, (1 << MedianAndTopRule.COUNT_BITS) - 1));
    }

    @Override
    public List<JobRole> roles() {
        return List.of(new JobRole(ENTRY, "whoever has numbers", "one number: value"));
    }

    @Override
    public Rule rule(JobSlots slots, JobParameters parameters) {
        return MedianAndTopRule.of(
                        slots.total(ENTRY),
                        (int) parameters.number(BITS),
                        parameters.numbers(QUANTILES).size())
                .rule();
    }

    @Override
    public List<BigInteger> parameterInputs(JobParameters parameters) {
        return Stream.concat(parameters.numbers(QUANTILES).stream(), Stream.of(parameters.number(TOP)))
                .map(BigInteger::valueOf)
                .toList();
    }

    @Override
    public String meaning(Results results, JobParameters parameters) {
        return "median " + results.value("median") + ", top " + results.value("top") + " from " + results.value("cut");
    }

    @Override
    public Consumption consumption() {
        return new Consumption(Consumption.Contract.RISK_FEED, "shows the median behind the interface of a price feed");
    }

    /** Salaries in thousands, with ties; the last firm leaves one slot empty. */
    @Override
    public Scenario scenario(ScenarioRequest request) {
        Random random = new Random(request.seed());
        JobParameters parameters = JobParameters.none()
                .with(BITS, 10)
                .withNumbers(QUANTILES, List.of(2_500L, 9_000L))
                .with(TOP, 3);
        List<Scenario.Institution> firms = Scenario.deal(ENTRY, request.slots(), SURVEYED);
        List<Scenario.Window> windows = new ArrayList<>();
        for (int window = 0; window < request.windows(); window++) {
            List<Integer> all = new ArrayList<>();
            List<List<List<BigInteger>>> books = new ArrayList<>();
            for (Scenario.Institution firm : firms) {
                boolean full = firm != firms.get(firms.size() - 1) || firm.slots() == 1;
                List<List<BigInteger>> book = new ArrayList<>();
                for (int slot = 0; slot < (full ? firm.slots() : firm.slots() - 1); slot++) {
                    int salary = 10 * (3 + random.nextInt(12));
                    all.add(salary);
                    book.add(List.of(BigInteger.valueOf(salary)));
                }
                books.add(book);
            }
            windows.add(new Scenario.Window(List.of(), books, expected(all, parameters)));
        }
        return new Scenario(parameters, firms, windows);
    }

    private static Results expected(List<Integer> numbers, JobParameters parameters) {
        List<Integer> sorted = numbers.stream().sorted().toList();
        int last = sorted.size() - 1;
        Results results = Results.none().with("median", sorted.get(last / 2));
        List<Long> quantiles = parameters.numbers(QUANTILES);
        for (int i = 0; i < quantiles.size(); i++) {
            results = results.with("quantile-" + i, sorted.get((int) (quantiles.get(i) * last / 10_000)));
        }
        int top = (int) parameters.number(TOP);
        int cut = top > sorted.size() ? 0 : sorted.get(sorted.size() - top);
        return results.with("cut", cut)
                .with("top", sorted.stream().filter(number -> number >= cut).count());
    }
}
