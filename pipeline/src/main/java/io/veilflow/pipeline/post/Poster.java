package io.veilflow.pipeline.post;

import io.veilflow.pipeline.post.PostStatus.State;
import io.veilflow.pipeline.post.SettlementException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The outbox of one party: posts by ascending windows, each kept until it is recorded on chain for good, by this party or another.
 * A post is sent only when everything before it in the outbox is recorded; one that a reorganisation removes is sent again,
 * the same bytes. After a restart the core submits its unsettled posts again; nothing is stored here.
 *
 * <p>{@link #submit} may be called from any thread; everything else runs on the timer, where the futures complete too.
 */
public final class Poster {
    private static final Logger LOG = LoggerFactory.getLogger(Poster.class);
    /** A node may be wrong or lie about a refusal or another statement, so it is asked again, and others are. */
    private static final int REFUSALS = 3;

    private final Chain chain;
    private final PostingDuty duty;
    private final PostTimer timer;
    private final InstantSource clock;
    private final TreeMap<OutboxPlace, Entry> outbox = new TreeMap<>();
    private boolean scheduled;
    /** Rounds in a row that a failure ended; of the timer's thread. */
    private int failures;

    public Poster(Chain chain, PostingDuty duty, PostTimer timer, InstantSource clock) {
        this.chain = chain;
        this.duty = duty;
        this.timer = timer;
        this.clock = clock;
    }

    /**
     * Puts a post into the outbox.
     *
     * @return completes when the post is recorded for good, by whomever; fails with a {@link SettlementException} that is not
     *     retryable when it never will be. The posts behind it go on all the same
     * @throws IllegalStateException if another post of this kind and window is in the outbox
     */
    public CompletableFuture<PostReceipt> submit(Post post) {
        synchronized (outbox) {
            Entry entry = outbox.computeIfAbsent(OutboxPlace.of(post), place -> new Entry(post, clock.instant()));
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
            timer.schedule(this::round, delay);
        }
    }

    /** Looks at every post until one has to wait that the others depend on. */
    private void round() {
        List<Entry> entries;
        synchronized (outbox) {
            scheduled = false;
            entries = List.copyOf(outbox.values());
        }
        boolean failed = false;
        for (Entry entry : entries) {
            try {
                if (!advance(entry) && entry.place.inOrder()) {
                    break;
                }
            } catch (SettlementException e) {
                failed = true;
                LOG.warn("window {} goes on later: {}", entry.post.window(), e.getMessage());
                if (e.reason() == Reason.UNREACHABLE || (entry.place.inOrder() && !entry.last.isRecorded())) {
                    break;
                }
            }
        }
        failures = failed ? failures + 1 : 0;
        synchronized (outbox) {
            if (!outbox.isEmpty()) {
                schedule(duty.pause(failures));
            }
        }
    }

    /**
     * Sends a post if it has to be sent and it is this party's turn, and takes it out of the outbox if it is settled.
     *
     * @return whether what comes behind it can be looked at
     * @throws SettlementException retryable
     */
    private boolean advance(Entry entry) {
        try {
            State state = look(entry);
            boolean missing = state == State.OPEN || state == State.IMPROVABLE;
            if (missing && !clock.instant().isBefore(entry.since.plus(duty.delay(entry.post.window())))) {
                chain.post(entry.post);
                state = look(entry);
                if (state == State.OPEN) {
                    throw new SettlementException(
                            Reason.NOT_INCLUDED, "the registry does not show what a transaction recorded");
                }
            }
            if (state != State.DISPLACED) {
                entry.refusals = 0;
            }
            return state.isRecorded();
        } catch (SettlementException e) {
            if (e.reason().retryable() || ++entry.refusals < REFUSALS) {
                throw e;
            }
            fail(entry, e);
            return true;
        } catch (RuntimeException bug) {
            fail(entry, bug);
            return true;
        }
    }

    private State look(Entry entry) {
        PostStatus status = chain.status(entry.post);
        State state = status.state();
        if (entry.last.isRecorded() && state == State.OPEN) {
            LOG.warn("window {} is no longer on the chain: it will be posted again", entry.post.window());
            entry.since = clock.instant();
        }
        entry.last = state;
        status.receipt().ifPresent(receipt -> {
            remove(entry);
            entry.outcome.complete(receipt);
        });
        if (state == State.DISPLACED && ++entry.refusals >= REFUSALS) {
            String window = "window " + entry.post.window();
            fail(entry, new SettlementException(Reason.CONFLICT, window + " holds another statement than ours"));
        }
        return state;
    }

    private void fail(Entry entry, RuntimeException reason) {
        remove(entry);
        entry.outcome.completeExceptionally(reason);
    }

    private void remove(Entry entry) {
        synchronized (outbox) {
            outbox.remove(entry.place);
        }
    }

    /** A post on its way; all but the outcome is the timer's. */
    private static final class Entry {
        private final Post post;
        private final OutboxPlace place;
        private final CompletableFuture<PostReceipt> outcome = new CompletableFuture<>();
        /** From when the parties' turns are counted. */
        private Instant since;

        private State last = State.OPEN;
        private int refusals;

        private Entry(Post post, Instant since) {
            this.post = post;
            this.place = OutboxPlace.of(post);
            this.since = since;
        }
    }
}
