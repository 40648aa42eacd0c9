package io.veilflow.pipeline.post;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A party that dies while it posts, and starts again (THREATS D10). */
class PosterRestartITCase {
    private static final int ACCOUNT = 1;
    private static final int REQUESTS_MAX = 60;

    private static PostFixture fixture;
    private static NodeControl control;

    @BeforeAll
    static void start() {
        fixture = new PostFixture();
        control = new NodeControl(fixture.url());
    }

    @AfterAll
    static void stop() {
        control.close();
        fixture.close();
    }

    @Test
    @DisplayName(
            "D10: killed at each of its requests to the node, before and after the node did as asked: posted exactly once")
    void killedAtEachRequest() throws InterruptedException {
        int requests = REQUESTS_MAX;
        for (int killed = 0; killed < requests; killed++) {
            Fault last = killed % 2 == 0 ? Fault.NOTHING : Fault.ANSWER_LOST;
            WindowPost post = fixture.post(next(), 1);
            long sentBefore = sent();
            boolean died = postUntilKilled(post, killed, last);
            try (RunningPoster again = new RunningPoster(fixture.chain(ACCOUNT))) {
                assertEquals(post.window(), again.settle(post).window());
            }
            assertEquals(sentBefore + 1, sent(), "killed at request " + killed);
            if (!died) {
                requests = killed;
            }
        }
        assertTrue(requests > 10 && requests < REQUESTS_MAX, requests + " requests");
    }

    /** Returns whether the poster came to the request at which it is killed. */
    private static boolean postUntilKilled(WindowPost post, int request, Fault last) throws InterruptedException {
        CountDownLatch reached = new CountDownLatch(1);
        try (FaultyNode proxy = new FaultyNode(fixture.url())) {
            EthereumChain chain =
                    fixture.chain(ACCOUNT, PosterOptions.of(0, Duration.ofSeconds(5)), List.of(proxy.url()));
            proxy.forget();
            proxy.follow((number, method) -> {
                if (number < request) {
                    return Fault.NONE;
                }
                return number > request
                        ? Fault.NOTHING
                        : (exchange, question, honest) -> {
                            last.answer(exchange, question, honest);
                            reached.countDown();
                        };
            });
            try (RunningPoster poster = new RunningPoster(chain)) {
                var outcome = poster.submit(post);
                while (!outcome.isDone() && !reached.await(5, TimeUnit.MILLISECONDS)) {
                    // until one of the two
                }
                return !outcome.isDone();
            }
        }
    }

    private static long next() {
        try (EthereumChain latest = fixture.chain(ACCOUNT)) {
            return latest.nextWindow(fixture.jobId());
        }
    }

    private static long sent() {
        return control.transactions(Hex.text(PostFixture.account(ACCOUNT).address()));
    }
}
