package io.veilflow.pipeline.post;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.veilflow.mpc.party.PartyId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A party's poster on a thread of its own, in a hurry. */
final class RunningPoster implements AutoCloseable {
    private static final Duration RETRY = Duration.ofMillis(10);
    private static final long SECONDS = 120;

    private final EthereumChain chain;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Poster poster;

    /** @param chain closed with this */
    RunningPoster(EthereumChain chain, int party, Duration backup) {
        this.chain = chain;
        PostingDuty duty = new PostingDuty(PartyId.of(party), backup, RETRY, new Random(party));
        this.poster = new Poster(chain, duty, PostTimer.on(thread), Clock.systemUTC());
    }

    /** Posts without waiting for others. */
    RunningPoster(EthereumChain chain) {
        this(chain, 0, Duration.ZERO);
    }

    CompletableFuture<PostReceipt> submit(Post post) {
        return poster.submit(post);
    }

    PostReceipt settle(Post post) {
        return settled(submit(post));
    }

    static PostReceipt settled(CompletableFuture<PostReceipt> outcome) {
        try {
            return outcome.get(SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Not for so long. */
    static void assertOpenFor(Duration time, CompletableFuture<PostReceipt> outcome) {
        assertThrows(TimeoutException.class, () -> outcome.get(time.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Ends in the middle of whatever it does, as a process that is killed. */
    @Override
    public void close() {
        List<Runnable> waiting = thread.shutdownNow();
        try {
            if (!thread.awaitTermination(SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the poster does not stop; waiting: " + waiting.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        chain.close();
    }
}
