package io.veilflow.pipeline.post;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.pipeline.post.PostStatus.State;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.web3j.protocol.core.methods.response.Transaction;

/** A chain that takes blocks back: nothing is final before its depth, and what was taken back is posted again (THREATS F12). */
class ReorganisationITCase {
    private static final int DEPTH = 3;
    private static final int ACCOUNT = 1;
    private static final Duration A_WHILE = Duration.ofMillis(300);

    private static PostFixture fixture;
    private static NodeControl control;

    private EthereumChain chain;

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

    @BeforeEach
    void connect() {
        chain = fixture.chain(ACCOUNT, PosterOptions.of(DEPTH, Duration.ofSeconds(5)), List.of(fixture.url()));
    }

    @AfterEach
    void disconnect() {
        chain.close();
    }

    @Test
    @DisplayName("F12: a window is final when so many blocks lie on it, and not one earlier")
    void finalAtItsDepth() {
        WindowPost post = post();
        assertEquals(State.OPEN, chain.status(post).state());
        chain.post(post);
        for (int blocks = 0; blocks < DEPTH; blocks++) {
            assertEquals(State.SHALLOW, chain.status(post).state(), "under " + blocks + " blocks");
            control.mine(1);
        }
        PostReceipt receipt = chain.status(post).receipt().orElseThrow();
        assertEquals(control.head() - DEPTH, receipt.block());
    }

    @Test
    @DisplayName("F12: a post that was taken back is posted again, the same bytes, and then stays")
    void takenBackIsPostedAgain() {
        WindowPost post = post();
        RunningPoster poster = new RunningPoster(chain);
        CompletableFuture<PostReceipt> outcome = poster.submit(post);
        awaitState(post, State.SHALLOW);
        Transaction first = newest();
        control.mine(DEPTH - 1);
        control.reorganise(DEPTH);
        awaitState(post, State.SHALLOW);
        Transaction second = newest();
        assertEquals(first.getInput(), second.getInput());
        assertFalse(outcome.isDone());
        control.mine(DEPTH);
        PostReceipt receipt = RunningPoster.settled(outcome);
        assertEquals(Hex.bytes(second.getHash()), receipt.transaction());
        poster.close();
    }

    @Test
    @DisplayName("F12: a chain of windows that was taken back is posted again in order")
    void aRunOfWindowsIsTakenBack() {
        RunningPoster poster = new RunningPoster(chain);
        long first = next();
        List<CompletableFuture<PostReceipt>> outcomes = List.of(
                poster.submit(fixture.post(first, 1)),
                poster.submit(fixture.post(first + 1, 2)),
                poster.submit(fixture.post(first + 2, 3)));
        awaitNext(first + 3);
        control.reorganise(3);
        awaitNext(first + 3);
        outcomes.forEach(outcome -> assertFalse(outcome.isDone()));
        control.mine(DEPTH);
        for (int k = 0; k < outcomes.size(); k++) {
            assertEquals(first + k, RunningPoster.settled(outcomes.get(k)).window());
        }
        poster.close();
    }

    @Test
    @DisplayName("F12: another statement that a reorganisation may still remove is not yet a conflict")
    void aConflictHasItsDepthToo() {
        WindowPost post = post();
        WindowPost other = fixture.post(post.window(), 2);
        try (EthereumChain rival = fixture.chain(ACCOUNT + 1)) {
            rival.post(other);
        }
        RunningPoster poster = new RunningPoster(chain);
        CompletableFuture<PostReceipt> outcome = poster.submit(post);
        RunningPoster.assertOpenFor(A_WHILE, outcome);
        assertEquals(State.CONTESTED, chain.status(post).state());
        control.reorganise(1);
        awaitState(post, State.SHALLOW);
        control.mine(DEPTH);
        assertEquals(post.window(), RunningPoster.settled(outcome).window());
        poster.close();
    }

    private static WindowPost post() {
        return fixture.post(next(), 1);
    }

    private static long next() {
        try (EthereumChain latest = fixture.chain(ACCOUNT)) {
            return latest.nextWindow(fixture.jobId());
        }
    }

    private Transaction newest() {
        PostReceipt receipt = chain.receipt(fixture.jobId(), next() - 1).orElseThrow();
        return (Transaction)
                control.block(receipt.block()).getTransactions().get(0).get();
    }

    private void awaitState(Post post, State state) {
        await(() -> chain.status(post).state() == state);
    }

    private static void awaitNext(long window) {
        await(() -> next() == window);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - end < 0, "not within 20 seconds");
            Retries.pause(10);
        }
    }
}
