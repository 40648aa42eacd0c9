package io.veilflow.pipeline.feed;

import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.contributor.Book;
import io.veilflow.pipeline.contributor.Contributor;
import io.veilflow.pipeline.job.JobDefinition;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.Reason;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A contributor at work: submits a book, once or whenever the feeder opens the next window, and reads from the board what
 * the parties decided about it.
 */
public final class BookFollower {
    private static final long POLL_MILLIS = 20;

    /**
     * What became of one book.
     *
     * @param window from 0, as the follower counts
     * @param record index in the contributor's log
     * @param decision nothing if the parties did not decide in time
     */
    public record Submitted(long window, long record, Optional<Reason> decision) {
        public boolean admitted() {
            return decision.filter(reason -> reason == Reason.ACCEPTED).isPresent();
        }
    }

    private final JobTerms terms;
    private final Board board;
    private final Contributor contributor;
    private final RecordVerifier verifier;
    private final DecisionLedger decisions;
    private final FeedClock clock;
    private final long limitMillis;
    private long tickRecords;

    /** @param limitMillis longest wait for the parties' keys, and for each decision */
    public BookFollower(JobTerms terms, Board board, Contributor contributor, FeedClock clock, long limitMillis) {
        JobDefinition job = terms.definition();
        this.terms = terms;
        this.board = board;
        this.contributor = contributor;
        this.verifier = RecordVerifier.of(job);
        this.decisions =
                new DecisionLedger(job, board, Set.of(contributor.enrolled().name()));
        this.clock = clock;
        this.limitMillis = limitMillis;
    }

    /**
     * Submits book w as soon as window w is open, until there are no more books or the feed ends. Begun again on its own log,
     * which holds nothing but the first of these books, it goes on where the log ends.
     *
     * @param books the fields of every slot in use, for each window
     * @param report told about each book in order
     */
    public void follow(List<List<List<BigInteger>>> books, Consumer<Submitted> report) throws InterruptedException {
        String writer = contributor.enrolled().name();
        long posted = board.size(writer);
        for (int window = 0; window < books.size() && awaitOpen(window); window++) {
            report.accept(
                    window < posted
                            ? new Submitted(window, window, awaitDecision(writer, window))
                            : submit(window, books.get(window)));
        }
    }

    /**
     * Submits one book now and waits for the decision.
     *
     * @param slots the fields of every slot in use
     */
    public Submitted submit(long window, List<List<BigInteger>> slots) throws InterruptedException {
        Book checked = Book.of(terms, contributor.enrolled(), slots);
        long start = clock.millis();
        while (!contributor.canSubmit() && clock.millis() - start < limitMillis) {
            clock.pause(POLL_MILLIS);
        }
        BoardEntry entry = contributor.submit(checked);
        return new Submitted(window, entry.index(), awaitDecision(entry.writer(), entry.index()));
    }

    private Optional<Reason> awaitDecision(String writer, long record) throws InterruptedException {
        long start = clock.millis();
        decisions.refresh();
        while (decisions.decision(writer, record).isEmpty() && clock.millis() - start < limitMillis) {
            clock.pause(POLL_MILLIS);
            decisions.refresh();
        }
        return decisions.decision(writer, record);
    }

    /** Whether the window opened; false when the feed ended before. */
    private boolean awaitOpen(long window) throws InterruptedException {
        JobDefinition job = terms.definition();
        long opens = job.windows().startMillis() + window * job.windows().windowMillis();
        while (true) {
            Optional<BoardEntry> entry = board.read(job.feeder().name(), tickRecords);
            if (entry.isEmpty()) {
                clock.pause(POLL_MILLIS);
                continue;
            }
            Optional<Payload> payload = verifier.verify(entry.get()).payload();
            if (payload.isPresent() && payload.get().hasEnd()) {
                return false;
            }
            if (payload.isPresent()
                    && payload.get().hasTick()
                    && payload.get().getTick().getTimeMillis() >= opens) {
                return true;
            }
            tickRecords++;
        }
    }
}
