package io.veilflow.pipeline.post;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.veilflow.mpc.party.PartyId;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Three parties with an account each, one of them absent: every window is recorded once, and all know its transaction. */
class PosterITCase {
    private static final int WINDOWS = 6;
    private static final Duration BACKUP = Duration.ofMillis(300);
    private static final Duration RETRY = Duration.ofMillis(50);

    @Test
    void eachWindowIsRecordedOnceThoughOnePartyIsAway() throws Exception {
        try (PostFixture fixture = new PostFixture();
                EthereumChain first = fixture.chain(1);
                EthereumChain second = fixture.chain(2)) {
            ScheduledExecutorService firstThread = Executors.newSingleThreadScheduledExecutor();
            ScheduledExecutorService secondThread = Executors.newSingleThreadScheduledExecutor();
            Poster zero = poster(first, 0, firstThread);
            Poster two = poster(second, 2, secondThread);
            List<CompletableFuture<PostReceipt>> byZero = new ArrayList<>();
            List<CompletableFuture<PostReceipt>> byTwo = new ArrayList<>();
            for (int window = 0; window < WINDOWS; window++) {
                WindowPost post = fixture.post(window, window % 4);
                byZero.add(zero.submit(post));
                byTwo.add(two.submit(post));
            }
            for (int window = 0; window < WINDOWS; window++) {
                PostReceipt receipt = byZero.get(window).get(30, TimeUnit.SECONDS);
                assertEquals(window, receipt.window());
                assertEquals(receipt, byTwo.get(window).get(30, TimeUnit.SECONDS));
            }
            assertEquals(WINDOWS, first.nextWindow(fixture.jobId()));
            firstThread.shutdownNow();
            secondThread.shutdownNow();
        }
    }

    private static Poster poster(Chain chain, int party, ScheduledExecutorService thread) {
        PostingDuty duty = new PostingDuty(PartyId.of(party), BACKUP, RETRY, new Random(party));
        return new Poster(chain, duty, PostTimer.on(thread), Clock.systemUTC());
    }
}
