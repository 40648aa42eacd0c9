package io.veilflow.pipeline.simulate;

import io.veilflow.nativelib.ProvingKeyHandle;
import io.veilflow.pipeline.party.PartyEngine;
import io.veilflow.pipeline.party.ProtocolEngine;
import io.veilflow.zk.key.JobKeys;
import io.veilflow.zk.key.KeyCache;
import io.veilflow.zk.rule.Rule;
import java.util.SplittableRandom;

/**
 * The protocols and the joint proof as a party runs them. Their randomness is that of the session's streams and nothing else, so they follow
 * from the seed, as long as the keys are the same.
 */
final class ProtocolComputation implements Computation {
    private static final int OPERATIONS_OF_A_WINDOW = 1_500;

    private final JobKeys keys;
    private final ProvingKeyHandle provingKey;

    /** @param cache has the keys of the simulated job's rule, or is given them */
    ProtocolComputation(KeyCache cache) {
        Rule rule = new SimulatedJob(false, SimulatedBasis.of(SimulatedJob.WIRES))
                .terms()
                .rule();
        keys = cache.keysOf(rule);
        provingKey = keys.loadProvingKey();
    }

    @Override
    public SimulatedJob job(boolean attests) {
        return new SimulatedJob(attests, keys.basis());
    }

    @Override
    public PartyEngine engine(Rule rule, SplittableRandom random) {
        return new ProtocolEngine(rule, provingKey, keys.verifyingKey());
    }

    @Override
    public int operationsOfAWindow() {
        return OPERATIONS_OF_A_WINDOW;
    }

    @Override
    public void close() {
        provingKey.close();
    }
}
