package io.veilflow.pipeline.simulate;

import io.veilflow.pipeline.party.PartyEngine;
import io.veilflow.zk.key.CommitmentBasis;
import io.veilflow.zk.rule.Rule;
import java.util.SplittableRandom;

/** An ideal functionality in the place of protocols and proofs, made anew for every run. */
final class IdealComputation implements Computation {
    private static final int OPERATIONS_OF_A_WINDOW = 60;

    private final CommitmentBasis basis = SimulatedBasis.of(SimulatedJob.WIRES);

    @Override
    public SimulatedJob job(boolean attests) {
        return new SimulatedJob(attests, basis);
    }

    @Override
    public PartyEngine engine(Rule rule, SplittableRandom random) {
        return new IdealEngine(rule, new IdealFunctionality(rule, random));
    }

    @Override
    public int operationsOfAWindow() {
        return OPERATIONS_OF_A_WINDOW;
    }

    /** Holds nothing. */
    @Override
    public void close() {}
}
