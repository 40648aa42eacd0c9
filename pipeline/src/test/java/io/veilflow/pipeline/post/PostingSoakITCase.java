package io.veilflow.pipeline.post;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Three parties post the same windows, each behind two nodes that fail at random, on a chain that takes blocks back at random and
 * forgets transactions: in the end each window is recorded once, and all three have the same receipt.
 */
class PostingSoakITCase {
    private static final int DEPTH = 3;
    private static final int PARTIES = 3;
    private static final int BLOCK_MILLIS = 40;
    private static final long SEED = 20261123;

    @Test
    @DisplayName("F12, F13, F14: random faults, 6 windows")
    void aFewWindows() {
        soak(6, SEED);
    }

    @Tag("exhaustive")
    @Test
    @DisplayName("F12, F13, F14: random faults, 8 seeds of 20 windows")
    void manyWindows() {
        for (long seed = 0; seed < 8; seed++) {
            soak(20, seed);
        }
    }

    private static void soak(int windows, long seed) {
        System.out.println("seed " + seed);
        List<AutoCloseable> opened = new ArrayList<>();
        ScheduledExecutorService weather = Executors.newSingleThreadScheduledExecutor();
        try (PostFixture fixture = new PostFixture();
                NodeControl control = new NodeControl(fixture.url())) {
            List<RunningPoster> posters = posters(fixture, seed, opened);
            Random random = new Random(seed);
            control.automine(false);
            weather.scheduleWithFixedDelay(
                    () -> change(control, random), BLOCK_MILLIS, BLOCK_MILLIS, TimeUnit.MILLISECONDS);
            List<WindowPost> posts = new ArrayList<>();
            List<List<CompletableFuture<PostReceipt>>> outcomes = new ArrayList<>();
            for (int window = 0; window < windows; window++) {
                WindowPost post = fixture.post(window, window % 4);
                posts.add(post);
                outcomes.add(posters.stream().map(poster -> poster.submit(post)).toList());
            }
            try (EthereumChain honest = fixture.chain(4)) {
                for (WindowPost post : posts) {
                    int window = (int) post.window();
                    PostReceipt first =
                            RunningPoster.settled(outcomes.get(window).get(0));
                    for (CompletableFuture<PostReceipt> outcome : outcomes.get(window)) {
                        assertEquals(first, RunningPoster.settled(outcome));
                    }
                    assertEquals(first, honest.receipt(fixture.jobId(), window).orElseThrow());
                }
                assertEquals(windows, honest.nextWindow(fixture.jobId()));
            }
            close(opened);
        } finally {
            weather.shutdownNow();
        }
    }

    /** One block, now and then another chain's, or a pool that forgets. */
    private static void change(NodeControl control, Random random) {
        int dice = random.nextInt(25);
        if (dice == 0) {
            control.reorganise(1 + random.nextInt(DEPTH - 1));
        } else if (dice == 1) {
            control.dropAll();
        } else {
            control.mine(1);
        }
    }

    private static List<RunningPoster> posters(PostFixture fixture, long seed, List<AutoCloseable> opened) {
        List<RunningPoster> posters = new ArrayList<>();
        for (int party = 0; party < PARTIES; party++) {
            FaultyNode one = new FaultyNode(fixture.url());
            FaultyNode other = new FaultyNode(fixture.url());
            PosterOptions options = PosterOptions.of(DEPTH, Duration.ofSeconds(1));
            RunningPoster poster = new RunningPoster(
                    fixture.chain(party, options, List.of(one.url(), other.url())), party, Duration.ofMillis(500));
            one.follow(faults(new Random(seed + party)));
            other.follow(faults(new Random(seed - party - 1)));
            posters.add(poster);
            opened.addAll(List.of(poster, one, other));
        }
        return posters;
    }

    /** One request in twelve. */
    private static FaultyNode.FaultPlan faults(Random random) {
        return (number, method) ->
                random.nextInt(12) > 0 ? Fault.NONE : Fault.FAILURES.get(random.nextInt(Fault.FAILURES.size()));
    }

    private static void close(List<AutoCloseable> opened) {
        for (AutoCloseable resource : opened) {
            try {
                resource.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
