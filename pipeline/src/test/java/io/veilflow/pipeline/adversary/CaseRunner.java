package io.veilflow.pipeline.adversary;

import io.veilflow.mpc.session.Profile;
import io.veilflow.pipeline.job.PostingPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs cases in several worlds at once. */
final class CaseRunner {
    static final Profile PROFILE = Profile.M;
    static final Path KEYS = Path.of("target", "test-keys");
    static final WindowWorld.Patience PATIENCE =
            new WindowWorld.Patience(Duration.ofMillis(1_500), Duration.ofSeconds(4), Duration.ofMillis(400));
    /** More than processors: much of a case is waiting. */
    private static final int WORKERS = 4;

    private static final int TRIES = 8;

    private final Path directory;
    private final PostingPolicy posting;

    /** @param posting of the job that all worlds have */
    CaseRunner(Path directory, PostingPolicy posting) {
        this.directory = directory;
        this.posting = posting;
    }

    /** Each worker has a job, and so ports and keys, of its own. Party after party, since a world has one cheater. */
    Tally run(List<Cheat> cases) throws Exception {
        Tally tally = new Tally();
        ConcurrentLinkedQueue<Cheat> queue = new ConcurrentLinkedQueue<>(
                cases.stream().sorted(Comparator.comparing(Cheat::party)).toList());
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int worker = 0; worker < WORKERS; worker++) {
                Path own = directory.resolve("worker-" + worker);
                running.add(workers.submit(() -> work(own, queue, tally)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            workers.shutdownNow();
        }
        return tally;
    }

    private void work(Path own, ConcurrentLinkedQueue<Cheat> queue, Tally tally) {
        try (TinyJob job = new TinyJob(own, KEYS, PROFILE, posting);
                WindowHarness harness = new WindowHarness(job, own, PATIENCE)) {
            for (Cheat next = queue.poll(); next != null; next = queue.poll()) {
                tally.add(carryOut(harness, next));
            }
        }
    }

    /**
     * Whether a party comes to speak at a place can be a matter of time: who posts, or which batch a submission falls into. A case
     * whose moment did not come is tried again; a violation ends it at once.
     */
    private static CaseReport carryOut(WindowHarness harness, Cheat cheat) {
        CaseReport report = harness.run(Optional.of(cheat));
        for (int again = 1;
                again < TRIES && report.carriedOut() == 0 && report.violations().isEmpty();
                again++) {
            report = harness.run(Optional.of(cheat));
        }
        return report;
    }
}
