package io.veilflow.pipeline.job.kind;

import io.veilflow.zk.rule.Expression;
import io.veilflow.zk.rule.Role;
import io.veilflow.zk.rule.RoleBuilder;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.RuleBuilder;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A kind of job that only tests have, with what the shipped ones have not: a role of one slot that all others read, negative numbers, a
 * fed value, and an output that only its owner can read.
 */
public final class DeskResultsJob implements JobKind {
    private static final int LARGEST = 100_000;
    private static final int MASK_BITS = 60;
    private static final List<String> DESKS = List.of("desk-a", "desk-b");

    @Override
    public String name() {
        return "desk-results";
    }

    @Override
    public String summary() {
        return "How many trading desks beat a hidden benchmark, and to every desk its own result above it.";
    }

    @Override
    public List<JobParameter> parameters() {
        return List.of(JobParameter.number("handicap", "added to the benchmark, in cents", 0, 1_000));
    }

    @Override
    public List<JobRole> roles() {
        return List.of(
                new JobRole("benchmark", "the house", "its own result: result"),
                new JobRole("desk", "desks", "one result and a random mask: result, mask"));
    }

    @Override
    public Rule rule(JobSlots slots, JobParameters parameters) {
        RuleBuilder rule = RuleBuilder.named("desk-results-v1");
        RoleBuilder house = rule.role("benchmark", slots.total("benchmark"));
        RoleBuilder desk = rule.role("desk", slots.total("desk"));
        Expression benchmark = house.secret("result", -LARGEST, LARGEST).broadcast();
        Expression result = desk.secret("result", -LARGEST, LARGEST);
        Expression mask = desk.secret("mask", MASK_BITS);
        Expression factor = rule.feed("factor", 4);
        Expression bar = benchmark.plus(rule.parameter("handicap", 10));
        Expression beats = bar.lessThan(result.times(factor)).and(desk.used());
        return rule.output("beaten", beats.sumOverSlots())
                .outputEachToOwner("own", result.plus(rule.constant(LARGEST)), mask)
                .build();
    }

    @Override
    public BookTable books(Role role, JobParameters parameters) {
        return FieldTable.of(role, Map.of("result", 2));
    }

    @Override
    public String meaning(Results results, JobParameters parameters) {
        return results.value("beaten") + " desks beat the benchmark";
    }

    @Override
    public Consumption consumption() {
        return Consumption.registryOnly("desks read their own results from the registry");
    }

    @Override
    public Scenario scenario(ScenarioRequest request) {
        Random random = new Random(request.seed());
        List<Scenario.Institution> institutions = new ArrayList<>(Scenario.deal("benchmark", 1, List.of("house")));
        List<Scenario.Institution> desks = Scenario.deal("desk", request.slots(), DESKS);
        institutions.addAll(desks);
        JobParameters parameters = JobParameters.none().with("handicap", 50);
        List<Scenario.Window> windows = new ArrayList<>();
        for (int window = 0; window < request.windows(); window++) {
            long benchmark = random.nextInt(2 * LARGEST) - LARGEST;
            long factor = 1 + random.nextInt(3);
            List<List<BigInteger>> records = new ArrayList<>();
            List<BigInteger> own = new ArrayList<>();
            long beaten = 0;
            for (int slot = 0; slot < request.slots(); slot++) {
                long result = random.nextInt(2 * LARGEST) - LARGEST;
                BigInteger mask = new BigInteger(MASK_BITS, random);
                records.add(List.of(BigInteger.valueOf(result), mask));
                own.add(mask.add(BigInteger.valueOf(result + LARGEST)));
                beaten += benchmark + 50 < result * factor ? 1 : 0;
            }
            List<List<List<BigInteger>>> books = new ArrayList<>();
            books.add(List.of(List.of(BigInteger.valueOf(benchmark))));
            books.addAll(Scenario.books(desks, records));
            windows.add(new Scenario.Window(
                    List.of(BigInteger.valueOf(factor)),
                    books,
                    Results.none().with("beaten", beaten).with("own", own)));
        }
        return new Scenario(parameters, institutions, windows);
    }
}
