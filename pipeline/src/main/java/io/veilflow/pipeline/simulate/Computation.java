package io.veilflow.pipeline.simulate;

import io.veilflow.pipeline.party.PartyEngine;
import io.veilflow.zk.rule.Rule;
import java.util.SplittableRandom;

/** What the parties of a simulation compute on shares with, and the job whose keys go with it. */
interface Computation extends AutoCloseable {
    /** @param attests whether windows may be attested */
    SimulatedJob job(boolean attests);

    /** Of one run: for its three parties, and for the registry, which has proofs checked. */
    PartyEngine engine(Rule rule, SplittableRandom random);

    /** About as many operations as a window takes a party: within so many a crash comes. */
    int operationsOfAWindow();

    @Override
    void close();
}
