package io.veilflow.zk.joint;

import io.veilflow.nativelib.ProvingKeyHandle;
import io.veilflow.nativelib.WitnessShare;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.verify.Proof;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Three joint proving sessions on three threads of one test process. */
final class ThreeProvers {
    /** How one party ended. */
    record Ending(Proof proof, RuntimeException failure) {}

    private final Rule rule;
    private final ProvingKeyHandle key;

    ThreeProvers(Rule rule, ProvingKeyHandle key) {
        this.rule = rule;
        this.key = key;
    }

    List<Ending> run(TestPost post, Function<Integer, WindowWitness> witnesses, byte[] words) {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<Ending>> running = new ArrayList<>();
            for (int party = 0; party < 3; party++) {
                int self = party;
                running.add(threads.submit(() -> prove(self, post, witnesses.apply(self), words)));
            }
            List<Ending> endings = new ArrayList<>();
            for (Future<Ending> one : running) {
                endings.add(one.get());
            }
            return endings;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private Ending prove(int party, TestPost post, WindowWitness witness, byte[] words) {
        try (WitnessShare share = witness.share(rule, key.circuit());
                JointProvingSession session = new JointProvingSession(key, new TestEngine(party, post), share)) {
            session.firstHalf();
            return new Ending(session.secondHalf(words), null);
        } catch (RuntimeException e) {
            return new Ending(null, e);
        } finally {
            post.leave(party);
        }
    }
}
