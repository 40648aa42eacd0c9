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
import io.veilflow.zk.rule.job.EligibilityRule;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** For every applicant one bit, from attributes that nobody sees or stores ({@link EligibilityRule}). */
public final class EligibilityJob implements JobKind {
    private static final String APPLICANT = "applicant";
    private static final String AGE = "minimumAge";
    private static final String INCOME = "minimumIncome";
    private static final String DEBT = "debtLimitBps";
    private static final String DEFAULTS = "mostDefaults";
    private static final List<String> DESKS = List.of("harbor-desk", "island-desk", "jetty-desk", "kelp-desk");

    @Override
    public String name() {
        return "eligibility";
    }

    @Override
    public String summary() {
        return "For every applicant one bit, whether it may take part, from attributes that nobody sees or stores.";
    }

    @Override
    public List<JobParameter> parameters() {
        return List.of(
                JobParameter.number(AGE, "youngest age, in years", 0, bits(EligibilityRule.AGE_BITS)),
                JobParameter.number(
                        INCOME, "least income, in the unit of income and debt", 0, bits(EligibilityRule.MONEY_BITS)),
                JobParameter.number(DEBT, "most debt by income, 1/10000", 0, bits(EligibilityRule.BASIS_POINT_BITS)),
                JobParameter.number(DEFAULTS, "most defaults", 0, EligibilityRule.DEFAULTS_MAX));
    }

    @Override
    public List<JobRole> roles() {
        return List.of(new JobRole(
                APPLICANT,
                "desks that know their applicants",
                "one applicant: age, income, debt, resident (0 or 1), exempt (0 or 1), defaults"));
    }

    @Override
    public Rule rule(JobSlots slots, JobParameters parameters) {
        return EligibilityRule.of(slots.total(APPLICANT)).rule();
    }

    @Override
    public String meaning(Results results, JobParameters parameters) {
        List<BigInteger> bits = results.each("eligible");
        long eligible = bits.stream().filter(bit -> bit.signum() > 0).count();
        return eligible + " of " + bits.size() + " slots eligible";
    }

    @Override
    public Consumption consumption() {
        return new Consumption(Consumption.Contract.ELIGIBILITY_LIST, "admits the applicants whose bit is set");
    }

    /** Every desk has applicants for all slots but its last one, which is not in use. */
    @Override
    public Scenario scenario(ScenarioRequest request) {
        Random random = new Random(request.seed());
        JobParameters parameters = JobParameters.none()
                .with(AGE, 18)
                .with(INCOME, 20_000)
                .with(DEBT, 4_000)
                .with(DEFAULTS, 1);
        List<Scenario.Institution> desks = Scenario.deal(APPLICANT, request.slots(), DESKS);
        List<Scenario.Window> windows = new ArrayList<>();
        for (int window = 0; window < request.windows(); window++) {
            List<List<List<BigInteger>>> books = new ArrayList<>();
            List<BigInteger> expected = new ArrayList<>();
            for (Scenario.Institution desk : desks) {
                int used = Math.max(1, desk.slots() - 1);
                List<List<BigInteger>> book = new ArrayList<>();
                for (int slot = 0; slot < used; slot++) {
                    long[] applicant = applicant(random);
                    book.add(LongStream.of(applicant)
                            .mapToObj(BigInteger::valueOf)
                            .toList());
                    expected.add(eligible(applicant, parameters) ? BigInteger.ONE : BigInteger.ZERO);
                }
                for (int slot = used; slot < desk.slots(); slot++) {
                    expected.add(BigInteger.ZERO);
                }
                books.add(book);
            }
            windows.add(new Scenario.Window(List.of(), books, Results.none().with("eligible", expected)));
        }
        return new Scenario(parameters, desks, windows);
    }

    /** Age, income, debt, resident, exempt, defaults; about half of them are eligible. */
    private static long[] applicant(Random random) {
        long income = 15_000 + random.nextInt(60_000);
        return new long[] {
            16 + random.nextInt(60),
            income,
            random.nextInt((int) income / 2),
            random.nextInt(10) < 8 ? 1 : 0,
            random.nextInt(10) < 2 ? 1 : 0,
            Math.max(0, random.nextInt(5) - 2)
        };
    }

    private static boolean eligible(long[] applicant, JobParameters limits) {
        return applicant[0] >= limits.number(AGE)
                && applicant[1] >= limits.number(INCOME)
                && applicant[2] * 10_000 <= applicant[1] * limits.number(DEBT)
                && applicant[3] + applicant[4] > 0
                && applicant[5] <= limits.number(DEFAULTS);
    }

    private static long bits(int bits) {
        return (1L << bits) - 1;
    }
}
