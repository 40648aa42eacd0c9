package io.veilflow.pipeline.post;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.post.SettlementException.Reason;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.ResultMessage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The outbox: order, turns, retries, outcomes (THREATS F4, F14, C16). */
class PosterTest {
    private static final ByteString HASH = filled(32, 1);
    private static final Duration BACKUP = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final VirtualTime time = new VirtualTime();
    private final MemoryChain chain = new MemoryChain();

    @Test
    void thePartyWhoseTurnItIsPostsAtOnce() {
        CompletableFuture<PostReceipt> outcome = poster(1).submit(post(4));
        time.run(Duration.ZERO);
        assertEquals(4, outcome.join().window());
        assertEquals(List.of(4L), chain.posted);
    }

    @Test
    void theOthersWaitTheirTurnAndStepIn() {
        CompletableFuture<PostReceipt> second = poster(2).submit(post(4));
        CompletableFuture<PostReceipt> third = poster(0).submit(post(4));
        time.run(BACKUP.minusMillis(1));
        assertEquals(List.of(), chain.posted);
        time.run(RETRY);
        assertEquals(List.of(4L), chain.posted);
        time.run(BACKUP);
        assertEquals(List.of(4L), chain.posted);
        assertEquals(second.join(), third.join());
    }

    @Test
    void aWindowThatAnotherPartyPostedIsSettledWithItsReceipt() {
        CompletableFuture<PostReceipt> outcome = poster(2).submit(post(4));
        chain.record(post(4));
        time.run(RETRY);
        assertEquals(4, outcome.join().window());
        assertEquals(List.of(), chain.posted);
    }

    @Test
    void noWindowOvertakesALowerOne() {
        Poster poster = poster(1);
        CompletableFuture<PostReceipt> own = poster.submit(post(4));
        CompletableFuture<PostReceipt> others = poster.submit(post(3));
        time.run(Duration.ZERO);
        // Window 3 is party 0's; ours waits behind it though it is our turn.
        assertFalse(own.isDone());
        chain.record(post(3));
        time.run(RETRY);
        assertTrue(others.isDone());
        assertTrue(own.isDone());
        assertEquals(List.of(4L), chain.posted);
    }

    @Test
    void failuresWorthAnotherTryAreTriedAgainUntilTheWindowIsRecorded() {
        chain.failures.addAll(List.of(Reason.UNREACHABLE, Reason.NOT_INCLUDED, Reason.UNREACHABLE));
        CompletableFuture<PostReceipt> outcome = poster(1).submit(post(4));
        time.run(RETRY);
        assertFalse(outcome.isDone());
        time.run(RETRY.multipliedBy(1 + 2 + 4));
        assertEquals(4, outcome.join().window());
        assertEquals(List.of(4L), chain.posted);
    }

    @Test
    void aRefusedWindowFailsAndThoseBehindItGoOn() {
        chain.failures.addAll(List.of(Reason.REFUSED, Reason.REFUSED, Reason.REFUSED));
        Poster poster = poster(1);
        CompletableFuture<PostReceipt> refused = poster.submit(post(1));
        CompletableFuture<PostReceipt> next = poster.submit(post(4));
        time.run(RETRY);
        assertFalse(refused.isDone(), "a refusal counts when it comes again and again");
        time.run(RETRY.multipliedBy(3));
        assertEquals(Reason.REFUSED, failure(refused).reason());
        assertEquals(4, next.join().window());
    }

    @Test
    void anotherStatementOnTheChainIsAConflict() {
        chain.record(post(4, 9));
        CompletableFuture<PostReceipt> outcome = poster(1).submit(post(4));
        time.run(Duration.ZERO);
        assertFalse(outcome.isDone(), "one look is not enough");
        time.run(RETRY.multipliedBy(2));
        assertEquals(Reason.CONFLICT, failure(outcome).reason());
        assertEquals(List.of(), chain.posted);
    }

    @Test
    @DisplayName("F12: a post that was taken back is posted again, and the parties' turns begin anew")
    void whatIsTakenBackIsPostedAgain() {
        chain.shallow = true;
        CompletableFuture<PostReceipt> first = poster(1).submit(post(4));
        CompletableFuture<PostReceipt> second = poster(2).submit(post(4));
        time.run(BACKUP.multipliedBy(2));
        assertFalse(first.isDone() || second.isDone(), "not deep enough");
        assertEquals(List.of(4L), chain.posted);
        chain.recorded.clear();
        time.run(RETRY);
        assertEquals(List.of(4L, 4L), chain.posted, "by the party whose turn it is, once");
        chain.shallow = false;
        time.run(RETRY);
        assertEquals(first.join(), second.join());
        assertEquals(List.of(4L, 4L), chain.posted);
    }

    @Test
    @DisplayName(
            "D10, F12: reorganisation after a post, and the poster is started again: what stayed is not posted again, what was"
                    + " taken back is, once")
    void startedAgainAfterAReorganisation() {
        chain.shallow = true;
        Poster killed = poster(1);
        killed.submit(post(4));
        killed.submit(post(7));
        time.run(RETRY);
        assertEquals(List.of(4L, 7L), chain.posted);
        chain.recorded.remove(7L);
        // the process is gone, its clock stands still; the journal is the outbox
        VirtualTime second = new VirtualTime();
        Poster again = poster(1, second);
        CompletableFuture<PostReceipt> stayed = again.submit(post(4));
        CompletableFuture<PostReceipt> takenBack = again.submit(post(7));
        second.run(RETRY.multipliedBy(2));
        assertEquals(List.of(4L, 7L, 7L), chain.posted);
        assertFalse(stayed.isDone() || takenBack.isDone(), "not deep enough");
        chain.shallow = false;
        second.run(RETRY.multipliedBy(2));
        assertEquals(4, stayed.join().window());
        assertEquals(7, takenBack.join().window());
        assertEquals(List.of(4L, 7L, 7L), chain.posted);
    }

    @Test
    void submittingTwiceIsOneEntryAndAnotherPostIsRefused() {
        Poster poster = poster(2);
        assertEquals(poster.submit(post(4)), poster.submit(post(4)));
        assertThrows(IllegalStateException.class, () -> poster.submit(post(4, 9)));
    }

    private Poster poster(int party) {
        return poster(party, time);
    }

    private Poster poster(int party, VirtualTime clock) {
        return new Poster(chain, new PostingDuty(PartyId.of(party), BACKUP, RETRY, new Random(party)), clock, clock);
    }

    private static SettlementException failure(CompletableFuture<PostReceipt> outcome) {
        return (SettlementException)
                assertThrows(CompletionException.class, outcome::join).getCause();
    }

    private static WindowPost post(long window) {
        return post(window, 0);
    }

    private static WindowPost post(long window, int content) {
        ByteString signature = filled(AttestedPost.SIGNATURE_BYTES, 0);
        ResultMessage message = new ResultMessage(
                1,
                filled(20, 2),
                HASH,
                window,
                filled(32, content),
                HASH,
                filled(64, 0),
                List.of(filled(32, 0)),
                Assurance.PROVEN);
        return new WindowPost(message, filled(WindowPost.PROOF_BYTES, 0), signature);
    }

    private static ByteString filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return ByteString.copyFrom(bytes);
    }

    /** A registry in memory that fails as told before it takes a post. */
    private static final class MemoryChain implements Chain {
        private final Map<Long, WindowPost> recorded = new TreeMap<>();
        private final List<Long> posted = new ArrayList<>();
        private final Deque<Reason> failures = new ArrayDeque<>();
        private boolean shallow;

        void record(WindowPost post) {
            recorded.put(post.window(), post);
        }

        @Override
        public long chainId() {
            return 1;
        }

        @Override
        public ByteString registry() {
            return filled(20, 2);
        }

        @Override
        public RegisteredTerms termsOf(ByteString jobId, long window) {
            throw new UnsupportedOperationException("a poster does not ask for the terms");
        }

        @Override
        public long nextWindow(ByteString jobId) {
            throw new UnsupportedOperationException("a poster does not ask for the next window");
        }

        @Override
        public PostStatus status(Post post) {
            WindowPost before = recorded.get(post.window());
            if (before == null) {
                return PostStatus.of(PostStatus.State.OPEN);
            }
            if (shallow) {
                return PostStatus.of(PostStatus.State.SHALLOW);
            }
            ByteString root = before.message().manifestRoot();
            return before.equals(post)
                    ? PostStatus.settled(new PostReceipt(post.window(), HASH, 1, 1, root, HASH))
                    : PostStatus.of(PostStatus.State.DISPLACED);
        }

        @Override
        public void post(Post post) {
            if (!failures.isEmpty()) {
                throw new SettlementException(failures.remove(), "as told");
            }
            posted.add(post.window());
            record((WindowPost) post);
        }
    }
}
