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
import io.veilflow.zk.rule.job.VoteRule;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Whether a motion is carried, by weights that only the registrar knows and choices that only the voters know ({@link VoteRule}). */
public final class VoteJob implements JobKind {
    private static final String REGISTRAR = "registrar";
    private static final String VOTER = "voter";
    private static final String QUORUM = "quorumBps";
    private static final String MAJORITY = "majorityBps";
    private static final List<String> VOTERS = List.of("alder-fund", "birch-fund", "cedar-fund", "dogwood-fund");

    @Override
    public String name() {
        return "vote";
    }

    @Override
    public String summary() {
        return "Whether a motion is carried, from a registrar's weights and the voters' choices; both stay hidden.";
    }

    @Override
    public List<JobParameter> parameters() {
        return List.of(
                JobParameter.number(QUORUM, "share of all weight that must vote, 1/10000", 0, VoteRule.BASIS_POINTS),
                JobParameter.number(
                        MAJORITY,
                        "share of the voting weight that yes must exceed, 1/10000",
                        0,
                        VoteRule.BASIS_POINTS));
    }

    @Override
    public List<JobRole> roles() {
        return List.of(
                new JobRole(REGISTRAR, "the registrar", "the weight of the voter with the same slot"),
                new JobRole(VOTER, "voters", "a choice: 0 none, 1 yes, 2 no"));
    }

    @Override
    public Rule rule(JobSlots slots, JobParameters parameters) {
        return VoteRule.of(slots.total(REGISTRAR)).rule();
    }

    @Override
    public String meaning(Results results, JobParameters parameters) {
        return results.value("passed").signum() > 0 ? "motion carried" : "motion not carried";
    }

    @Override
    public Consumption consumption() {
        return new Consumption(
                Consumption.Contract.VOTE_EXECUTOR,
                "makes the call that was proposed for the window, if the motion is carried");
    }

    /** A motion a window; the mood swings, so that some are carried and some are not. */
    @Override
    public Scenario scenario(ScenarioRequest request) {
        Random random = new Random(request.seed());
        List<Scenario.Institution> registrar = Scenario.deal(REGISTRAR, request.slots(), List.of("share-registrar"));
        List<Scenario.Institution> voters = Scenario.deal(VOTER, request.slots(), VOTERS);
        JobParameters parameters = JobParameters.none().with(QUORUM, 4_000).with(MAJORITY, 5_000);
        List<Scenario.Window> windows = new ArrayList<>();
        for (int window = 0; window < request.windows(); window++) {
            int yesOfTen = window % 2 == 0 ? 7 : 3;
            List<List<BigInteger>> weights = new ArrayList<>();
            List<List<BigInteger>> choices = new ArrayList<>();
            for (int voter = 0; voter < request.slots(); voter++) {
                weights.add(List.of(BigInteger.valueOf(1 + random.nextInt(1_000_000))));
                boolean votes = random.nextInt(10) < 8;
                int choice = !votes ? 0 : random.nextInt(10) < yesOfTen ? 1 : 2;
                choices.add(List.of(BigInteger.valueOf(choice)));
            }
            List<List<List<BigInteger>>> books = new ArrayList<>(Scenario.books(registrar, weights));
            books.addAll(Scenario.books(voters, choices));
            windows.add(new Scenario.Window(List.of(), books, expected(weights, choices, parameters)));
        }
        List<Scenario.Institution> institutions = new ArrayList<>(registrar);
        institutions.addAll(voters);
        return new Scenario(parameters, institutions, windows);
    }

    private static Results expected(
            List<List<BigInteger>> weights, List<List<BigInteger>> choices, JobParameters parameters) {
        long all = 0;
        long yes = 0;
        long no = 0;
        for (int voter = 0; voter < weights.size(); voter++) {
            long weight = weights.get(voter).get(0).longValueExact();
            all += weight;
            yes += choices.get(voter).get(0).intValue() == 1 ? weight : 0;
            no += choices.get(voter).get(0).intValue() == 2 ? weight : 0;
        }
        boolean quorate = 10_000 * (yes + no) >= parameters.number(QUORUM) * all;
        boolean carried = 10_000 * yes > parameters.number(MAJORITY) * (yes + no);
        return Results.none().with("passed", quorate && carried ? 1 : 0);
    }
}
