package io.veilflow.pipeline.post;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.job.PostingPolicy;
import io.veilflow.pipeline.post.PostStatus.State;
import io.veilflow.pipeline.post.SettlementException.Reason;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.SampleGroup;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Attested results, skips and rotations on their way to a real registry, beside proven ones. */
class PostKindsITCase {
    private static final int ACCOUNT = 1;
    private static final long ATTESTED_GAS_MAX = 120_000;
    private static final long HOUR = 3_600;
    private static final Duration A_WHILE = Duration.ofMillis(400);

    private PostFixture fixture;
    private EthereumChain chain;
    private RunningPoster poster;
    private RunningPoster other;

    @BeforeEach
    void start() {
        // Until an hour from now for the first windows.
        long deadline = (System.currentTimeMillis() / 1_000 + HOUR) * 1_000;
        fixture = new PostFixture(new PostingPolicy(deadline, 0, List.of()));
        chain = fixture.chain(ACCOUNT);
        poster = new RunningPoster(fixture.chain(ACCOUNT));
        other = new RunningPoster(fixture.chain(ACCOUNT + 1));
    }

    @AfterEach
    void stop() {
        poster.close();
        other.close();
        chain.close();
        fixture.close();
    }

    @Test
    @DisplayName("F5: an attested result waits for the proof deadline, then it is recorded, by two posters once")
    void anAttestedResultWaits() {
        AttestedPost post = PostFixture.attested(fixture.post(0, 2));
        assertEquals(
                Reason.NOT_YET,
                assertThrows(SettlementException.class, () -> chain.post(post)).reason());
        CompletableFuture<PostReceipt> outcome = poster.submit(post);
        RunningPoster.assertOpenFor(A_WHILE, outcome);
        fixture.node().pass(2 * HOUR);
        PostReceipt receipt = RunningPoster.settled(outcome);
        assertEquals(receipt, other.settle(post));
        assertTrue(receipt.gas() <= ATTESTED_GAS_MAX, () -> receipt.gas() + " gas");
        assertEquals(Assurance.ATTESTED, assurance(0));
        assertEquals(ByteString.copyFrom(post.message().digest()), receipt.statement());
    }

    @Test
    @DisplayName("F4: a proof of the same result replaces the attested one, once; both posts are settled then")
    void aProofReplacesAnAttestedResult() {
        fixture.node().pass(2 * HOUR);
        WindowPost proven = fixture.post(0, 2);
        AttestedPost attested = PostFixture.attested(proven);
        PostReceipt first = poster.settle(attested);
        assertEquals(State.IMPROVABLE, chain.status(proven).state());
        // The proof does not hold up the next window, nor this window's proof the other way round.
        WindowPost next = fixture.post(1, 1);
        CompletableFuture<PostReceipt> behind = poster.submit(next);
        PostReceipt second = poster.settle(proven);
        assertEquals(1, RunningPoster.settled(behind).window());
        assertFalse(first.transaction().equals(second.transaction()));
        assertEquals(Assurance.PROVEN, assurance(0));
        assertEquals(second, other.settle(proven));
        assertEquals(second, other.settle(attested), "settled by its proof");
        assertEquals(ByteString.copyFrom(proven.message().digest()), second.statement());
    }

    @Test
    @DisplayName(
            "F7: another proof of the same statement is the same result: recorded once, and settled for who has the first")
    void anotherProofOfTheSame() {
        WindowPost ours = fixture.post(0, 2);
        WindowPost theirs = PostFixture.otherProof(ours);
        assertNotEquals(ours.proof(), theirs.proof());
        PostReceipt receipt = other.settle(theirs);
        assertEquals(State.SETTLED, chain.status(ours).state());
        chain.post(ours);
        assertEquals(receipt, poster.settle(ours));
        assertEquals(1, chain.nextWindow(fixture.jobId()));
        assertEquals(Assurance.PROVEN, assurance(0));
    }

    @Test
    @DisplayName("F4: with proof and attested result in one outbox the proof goes, and the attested result is not sent")
    void theProofGoesFirst() {
        fixture.node().pass(2 * HOUR);
        WindowPost proven = fixture.post(0, 2);
        CompletableFuture<PostReceipt> both = poster.submit(PostFixture.attested(proven));
        PostReceipt receipt = poster.settle(proven);
        assertEquals(receipt.window(), RunningPoster.settled(both).window());
        assertEquals(Assurance.PROVEN, assurance(0));
    }

    @Test
    @DisplayName("F4: an attested result of another statement than the proof is a conflict")
    void anotherAttestedResult() {
        fixture.node().pass(2 * HOUR);
        poster.settle(PostFixture.attested(fixture.post(0, 2)));
        CompletableFuture<PostReceipt> outcome = other.submit(fixture.post(0, 3));
        CompletionException failure = assertThrows(CompletionException.class, outcome::join);
        assertEquals(Reason.CONFLICT, ((SettlementException) failure.getCause()).reason());
    }

    @Test
    @DisplayName(
            "F4: skips and results are posted in the order of their windows; a result of a skipped window is a conflict")
    void skipsStandInOrder() {
        CompletableFuture<PostReceipt> last = poster.submit(fixture.post(4, 1));
        CompletableFuture<PostReceipt> skipped = poster.submit(fixture.skip(1, 3));
        RunningPoster.assertOpenFor(A_WHILE, skipped);
        PostReceipt first = poster.settle(fixture.post(0, 1));
        PostReceipt skip = RunningPoster.settled(skipped);
        assertEquals(4, RunningPoster.settled(last).window());
        assertTrue(first.block() < skip.block());
        assertEquals(ByteString.copyFrom(fixture.skip(1, 3).message().digest()), skip.statement());
        assertEquals(skip, other.settle(fixture.skip(1, 3)));
        for (long window = 1; window <= 3; window++) {
            assertEquals(State.DISPLACED, chain.status(fixture.post(window, 1)).state());
        }
        assertEquals(State.DISPLACED, chain.status(fixture.skip(2, 3)).state());
        assertEquals(State.DISPLACED, chain.status(fixture.skip(0, 0)).state());
    }

    @Test
    @DisplayName("F6: a rotation waits for no window and holds up none; two posters record it once")
    void aRotationGoesByItself() {
        ByteString newKey = SampleGroup.keys().signKey().orElseThrow();
        RotationPost rotation = fixture.rotation(5, newKey);
        CompletableFuture<PostReceipt> waiting = poster.submit(fixture.post(1, 1));
        PostReceipt receipt = poster.settle(rotation);
        assertEquals(receipt, other.settle(rotation));
        assertFalse(waiting.isDone());
        poster.settle(fixture.post(0, 1));
        assertEquals(1, RunningPoster.settled(waiting).window());
        assertEquals(
                State.DISPLACED,
                chain.status(fixture.rotation(5, SampleGroup.keys().resultKey()))
                        .state());
        assertEquals(State.DISPLACED, chain.status(fixture.rotation(1, newKey)).state(), "too late");
        assertEquals(State.OPEN, chain.status(fixture.rotation(6, newKey)).state());
        RegisteredTerms before = RegisteredTerms.of(fixture.terms(), fixture.verifier());
        assertEquals(before, chain.termsOf(fixture.jobId(), 4));
        assertEquals(before.withGroupKey(newKey), chain.termsOf(fixture.jobId(), 5));
    }

    @Test
    @DisplayName("F5: every window is shown with its own terms, past ones too, after they have changed")
    void everyWindowHasItsTerms() {
        RegisteredTerms first = RegisteredTerms.of(fixture.terms(), fixture.verifier());
        poster.settle(fixture.post(0, 1));
        RegisteredTerms later = fixture.changeTerms(2, PostingPolicy.provenOnly());
        assertEquals(List.of("policy"), first.differencesTo(later));
        assertEquals(first, chain.termsOf(fixture.jobId(), 0));
        assertEquals(first, chain.termsOf(fixture.jobId(), 1));
        assertEquals(later, chain.termsOf(fixture.jobId(), 2));
        poster.settle(fixture.post(1, 1));
        poster.settle(fixture.post(2, 1));
        assertEquals(3, chain.nextWindow(fixture.jobId()));
        assertEquals(first, chain.termsOf(fixture.jobId(), 1));
        assertEquals(later, chain.termsOf(fixture.jobId(), 3));
    }

    private Assurance assurance(long window) {
        return chain.window(fixture.jobId(), window).orElseThrow().assurance();
    }
}
