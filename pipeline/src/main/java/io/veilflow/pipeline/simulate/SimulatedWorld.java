package io.veilflow.pipeline.simulate;

import io.veilflow.mpc.fair.FairLimits;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.config.FailureLimits;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.party.PartyEngine;
import io.veilflow.pipeline.party.PartyLimits;
import io.veilflow.pipeline.post.WindowPost;
import io.veilflow.zk.commitment.G1Point;
import io.veilflow.zk.rule.PublicWords;
import io.veilflow.zk.statement.ContextHash;
import io.veilflow.zk.statement.Statement;
import io.veilflow.zk.verify.Proof;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Everything of one run: what three parties share, and the three. */
final class SimulatedWorld {
    /** Long beside every fault, so that no party has a reason to give up; the delay bound of the opening is the default one. */
    static final PartyLimits LIMITS = new PartyLimits(
            Duration.ofMinutes(3),
            Duration.ofMinutes(2),
            Duration.ofMillis(30),
            Duration.ofSeconds(8),
            new FailureLimits(40, 40, 16),
            FairLimits.defaults());

    private final SimulatedJob job;
    private final Schedule schedule;
    private final Path directory;
    private final boolean disksKeep;
    private final Violations violations = new Violations();
    private final RecordVerifier records;
    private final SimulatedBoard board;
    private final SimulatedLinks links;
    private final SimulatedChain chain;
    private final PartyEngine engine;
    private final int operationsOfAWindow;
    private final List<SimulatedParty> parties = new ArrayList<>();
    private double nodeFailures;
    private long holdsExcusedUntil;

    /**
     * @param directory for what parties keep in files beside their journals
     * @param disksKeep what was forced
     */
    SimulatedWorld(
            SimulatedJob job, Computation computation, SplittableRandom random, Path directory, boolean disksKeep) {
        this.disksKeep = disksKeep;
        this.job = job;
        this.records = RecordVerifier.of(job.terms().definition(), new RememberedSignatures());
        this.schedule = new Schedule(random.split());
        this.directory = directory;
        RandomnessCheck randomness = new RandomnessCheck(violations);
        Weather weather = new Weather(random.split());
        this.board = new SimulatedBoard(schedule, weather, new RecordCheck(violations, randomness)::see);
        this.links = new SimulatedLinks(schedule, weather, randomness);
        this.engine = computation.engine(job.terms().rule(), random.split());
        this.operationsOfAWindow = computation.operationsOfAWindow();
        this.chain = new SimulatedChain(schedule, job.terms(), this::proofHolds);
        for (PartyId party : PartyId.values()) {
            parties.add(new SimulatedParty(this, party));
        }
    }

    SimulatedJob job() {
        return job;
    }

    Schedule schedule() {
        return schedule;
    }

    Path directory() {
        return directory;
    }

    boolean disksKeep() {
        return disksKeep;
    }

    Violations violations() {
        return violations;
    }

    /** For all readers. */
    RecordVerifier records() {
        return records;
    }

    SimulatedBoard board() {
        return board;
    }

    SimulatedLinks links() {
        return links;
    }

    SimulatedChain chain() {
        return chain;
    }

    PartyEngine engine() {
        return engine;
    }

    /** About as many as a window takes a party. */
    int operationsOfAWindow() {
        return operationsOfAWindow;
    }

    List<SimulatedParty> parties() {
        return parties;
    }

    /** From now on so many of all requests to a chain node fail. */
    void nodesFail(double share) {
        nodeFailures = share;
    }

    boolean nodeFails() {
        return schedule.random().nextDouble() < nodeFailures;
    }

    /** A fault was injected over which the job may hold until then; an operator starts the party again. */
    void excuseHoldsUntil(long nanos) {
        holdsExcusedUntil = Math.max(holdsExcusedUntil, nanos);
    }

    boolean excusesHolds() {
        return schedule.now() < holdsExcusedUntil;
    }

    private boolean proofHolds(WindowPost post) {
        JobTerms terms = job.terms();
        ContextHash context = ContextHash.of(
                post.chainId(),
                post.registry().toByteArray(),
                post.jobId().toByteArray(),
                post.window(),
                post.message().manifestRoot().toByteArray());
        List<BigInteger> words = new ArrayList<>();
        post.message().variableWords().forEach(word -> words.add(new BigInteger(1, word.toByteArray())));
        PublicWords layout = terms.rule().publicWords();
        List<BigInteger> noPrices =
                terms.feedInputs().stream().map(input -> BigInteger.ZERO).toList();
        words.addAll(layout.packParameters(terms.publicInputs(noPrices)));
        return engine.holds(
                new Statement(context, words),
                Proof.of(post.proof().toByteArray()),
                G1Point.ofChecked(post.message().commitment().toByteArray()));
    }
}
