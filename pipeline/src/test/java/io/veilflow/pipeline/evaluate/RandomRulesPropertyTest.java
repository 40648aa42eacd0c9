package io.veilflow.pipeline.evaluate;

import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.testing.ThreePartyWorld;
import io.veilflow.zk.rule.ClearInputs;
import io.veilflow.zk.rule.RandomRule;
import io.veilflow.zk.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Random rules over all nodes, random inputs: the reading on shares is the reading in the clear. */
class RandomRulesPropertyTest {
    private static final int RULES = 80;
    private static final int WORKERS = 8;

    /** One rule in eight with verification, for the time it takes. */
    private static void check(long seed) {
        Rule rule = RandomRule.of(seed);
        Random random = new Random(seed);
        ClearInputs inputs = RandomRule.inputs(rule, random);
        Profile profile = seed % 8 == 0 ? Profile.M : Profile.S;
        OpenedReading.of(ThreePartyWorld.seeded(seed).withProfile(profile), rule, inputs, random)
                .assertAgreesWith(rule.evaluate(inputs), "rule and inputs of seed " + seed);
    }

    @Test
    @DisplayName("Random rules and inputs: every wire of the circuit and every output are those of the clear reading")
    void randomRulesOnShares() throws InterruptedException, ExecutionException {
        long first = new Random().nextInt(1 << 30);
        System.out.println("RandomRulesPropertyTest: seeds from " + first);
        ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int k = 0; k < RULES; k++) {
                long seed = first + k;
                running.add(threads.submit(() -> check(seed)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
