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
import io.veilflow.zk.rule.job.SettlementRule;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Whether every leg of a trade is funded, by balances that custodians know and amounts that payers know ({@link SettlementRule}). */
public final class SettlementJob implements JobKind {
    private static final String CUSTODIAN = "custodian";
    private static final String PAYER = "payer";
    private static final String TOTAL = "total";
    private static final List<String> CUSTODIANS = List.of("first-custody", "second-custody");
    private static final List<String> PAYERS = List.of("eider-capital", "finch-capital", "grouse-capital");
    private static final int LEG_MAX = 1_000_000;

    @Override
    public String name() {
        return "settlement";
    }

    @Override
    public String summary() {
        return "Whether a trade settles: every leg funded by its custodian's account and the total reached; balances"
                + " and legs stay hidden.";
    }

    @Override
    public List<JobParameter> parameters() {
        return List.of(JobParameter.number(
                TOTAL, "what the legs must reach together, in the unit of amounts", 1, Long.MAX_VALUE));
    }

    @Override
    public List<JobRole> roles() {
        return List.of(
                new JobRole(CUSTODIAN, "custodians", "the balance of the account that pays the leg with the same slot"),
                new JobRole(PAYER, "payers", "the amount of one leg"));
    }

    @Override
    public Rule rule(JobSlots slots, JobParameters parameters) {
        return SettlementRule.of(slots.total(CUSTODIAN)).rule();
    }

    @Override
    public String meaning(Results results, JobParameters parameters) {
        return results.value("settles").signum() > 0 ? "settles" : "does not settle";
    }

    @Override
    public Consumption consumption() {
        return new Consumption(
                Consumption.Contract.SETTLEMENT_ESCROW,
                "pays the beneficiary if the trade settles in time, else the payer");
    }

    /** The accounts are a little short in even windows, and the legs reach the total to the last unit in odd ones. */
    @Override
    public Scenario scenario(ScenarioRequest request) {
        Random random = new Random(request.seed());
        List<Scenario.Institution> custodians = Scenario.deal(CUSTODIAN, request.slots(), CUSTODIANS);
        List<Scenario.Institution> payers = Scenario.deal(PAYER, request.slots(), PAYERS);
        List<Long> legs = random.longs(request.slots(), 1, LEG_MAX).boxed().toList();
        JobParameters parameters = JobParameters.none()
                .with(TOTAL, legs.stream().mapToLong(Long::longValue).sum());
        List<Scenario.Window> windows = new ArrayList<>();
        for (int window = 0; window < request.windows(); window++) {
            List<List<BigInteger>> balances = new ArrayList<>();
            List<List<BigInteger>> amounts = new ArrayList<>();
            for (long leg : legs) {
                amounts.add(List.of(BigInteger.valueOf(leg)));
                balances.add(List.of(BigInteger.valueOf(leg + random.nextInt(LEG_MAX))));
            }
            if (window % 2 == 0) {
                int shortLeg = random.nextInt(legs.size());
                balances.set(shortLeg, List.of(BigInteger.valueOf(legs.get(shortLeg) - 1)));
            }
            List<List<List<BigInteger>>> books = new ArrayList<>(Scenario.books(custodians, balances));
            books.addAll(Scenario.books(payers, amounts));
            windows.add(new Scenario.Window(List.of(), books, expected(balances, amounts, parameters)));
        }
        List<Scenario.Institution> institutions = new ArrayList<>(custodians);
        institutions.addAll(payers);
        return new Scenario(parameters, institutions, windows);
    }

    private static Results expected(
            List<List<BigInteger>> balances, List<List<BigInteger>> amounts, JobParameters parameters) {
        long reached = 0;
        boolean funded = true;
        for (int leg = 0; leg < amounts.size(); leg++) {
            long amount = amounts.get(leg).get(0).longValueExact();
            reached += amount;
            funded &= balances.get(leg).get(0).longValueExact() >= amount;
        }
        return Results.none().with("settles", funded && reached >= parameters.number(TOTAL) ? 1 : 0);
    }
}
