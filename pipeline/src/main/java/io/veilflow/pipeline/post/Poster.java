package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.post.SettlementException.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * The outbox of one party: windows in ascending order, each kept until it is recorded on chain, by this party or another. A
 * window is looked at only when all lower ones in the outbox are settled, so this party never posts past one that is still open. After
 * a restart the core submits its unsettled windows again; nothing is stored here.
 *
 * <p>{@link #submit} may be called from any thread; everything else runs on the timer, where the futures complete too.
 */
public final class Poster {
    private final Chain chain;
    private final ByteString ruleHash;
    private final PostingDuty duty;
    private final PostTimer timer;
    private final Clock clock;
    private final TreeMap<Long, Entry> outbox = new TreeMap<>();
    private boolean scheduled;

    private record Entry(WindowPost post, Instant since, CompletableFuture<PostReceipt> outcome) {}

    /**
     * @param ruleHash of the job, 32 bytes
     */
    public Poster(Chain chain, ByteString ruleHash, PostingDuty duty, PostTimer timer, Clock clock) {
        this.chain = chain;
        this.ruleHash = ruleHash;
        this.duty = duty;
        this.timer = timer;
        this.clock = clock;
    }

    /**
     * Puts a window into the outbox.
     *
     * @return completes when the window is recorded with this statement, by whomever; fails with a {@link SettlementException}
     *     (CONFLICT, REFUSED, WRONG_CHAIN, JOB_UNKNOWN) when it never will be. The windows behind it go on all the same
     * @throws IllegalStateException if another post for this window is in the outbox
     */
    public CompletableFuture<PostReceipt> submit(WindowPost post) {
        synchronized (outbox) {
            Entry entry = outbox.computeIfAbsent(
                    post.window(), window -> new Entry(post, clock.instant(), new CompletableFuture<>()));
            if (!entry.post.equals(post)) {
                throw new IllegalStateException("another post for window " + post.window() + " is in the outbox");
            }
            schedule(Duration.ZERO);
            return entry.outcome;
        }
    }

    private void schedule(Duration delay) {
        if (!scheduled) {
            scheduled = true;
            timer.schedule(this::drain, delay);
        }
    }

    private void drain() {
        synchronized (outbox) {
            scheduled = false;
        }
        for (Entry head = head(); head != null; head = head()) {
            try {
                Optional<PostReceipt> receipt = settle(head);
                if (receipt.isEmpty()) {
                    pause();
                    return;
                }
                remove(head);
                head.outcome.complete(receipt.get());
            } catch (SettlementException e) {
                if (e.reason().retryable()) {
                    pause();
                    return;
                }
                remove(head);
                head.outcome.completeExceptionally(e);
            } catch (RuntimeException e) {
                remove(head);
                head.outcome.completeExceptionally(e);
            }
        }
    }

    /** Empty while it is another party's turn and the window is not recorded. */
    private Optional<PostReceipt> settle(Entry entry) {
        WindowPost post = entry.post;
        Optional<RecordedWindow> recorded = chain.window(post.jobId(), post.window());
        if (recorded.isPresent()) {
            if (!recorded.get().records(post.message(chain.chainId(), chain.registry(), ruleHash))) {
                throw new SettlementException(
                        Reason.CONFLICT, "window " + post.window() + " holds another statement than ours");
            }
            return chain.receipt(post.jobId(), post.window());
        }
        Instant turn = entry.since.plus(duty.delay(post.window()));
        return clock.instant().isBefore(turn) ? Optional.empty() : Optional.of(chain.post(post));
    }

    private void pause() {
        synchronized (outbox) {
            schedule(duty.retryDelay());
        }
    }

    private Entry head() {
        synchronized (outbox) {
            Map.Entry<Long, Entry> first = outbox.firstEntry();
            return first == null ? null : first.getValue();
        }
    }

    private void remove(Entry entry) {
        synchronized (outbox) {
            outbox.remove(entry.post.window());
        }
    }
}
