package io.veilflow.pipeline.window;

import io.veilflow.pipeline.admit.CheckOutcome;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.wire.Cut;
import io.veilflow.pipeline.wire.Decision;
import io.veilflow.pipeline.wire.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Which book of every contributor is in force, and how far the logs are decided: what the batches so far come to. Public,
 * and the same for everybody who has read as far. Not thread-safe.
 */
public final class Admissions {
    private record Book(Decision decision, OptionalLong firstWindow) {}

    private final JobTerms terms;
    private final CheckedRecords records;
    private final OptionalInt maximumAgeWindows;
    private final Map<String, Book> books = new TreeMap<>();
    private Cut decidedUpTo;

    public Admissions(JobTerms terms, CheckedRecords records) {
        this.terms = terms;
        this.records = records;
        this.maximumAgeWindows = terms.definition().windows().maximumBookAgeWindows();
        this.decidedUpTo = Cuts.empty(terms);
    }

    /** Records before this cut are decided; the next batch decides what comes after. */
    public Cut decidedUpTo() {
        return decidedUpTo;
    }

    /**
     * A batch has ended.
     *
     * @param cut of its manifest
     * @param decisions of its outcome, in order
     */
    public void apply(Cut cut, List<Decision> decisions) {
        for (Decision decision : decisions) {
            if (decision.getReason() == Reason.ACCEPTED) {
                CheckOutcome outcome = records.outcome(decision.getContributor(), decision.getRecord());
                if (outcome instanceof CheckOutcome.Withdrawn) {
                    books.remove(decision.getContributor());
                } else {
                    books.put(decision.getContributor(), new Book(decision, OptionalLong.empty()));
                }
            }
        }
        decidedUpTo = cut;
    }

    /** A window has been sealed: books in force now are one window older for the next. */
    public void windowSealed(long window) {
        books.replaceAll((contributor, book) ->
                book.firstWindow.isPresent() ? book : new Book(book.decision, OptionalLong.of(window)));
    }

    /**
     * The admitted submissions that count in a window, one a contributor at most: its newest, unless it is too old. A book with values
     * that are published under a one-time mask is too old after the first window.
     */
    public List<Decision> inForce(long window) {
        List<Decision> inForce = new ArrayList<>();
        for (Book book : books.values()) {
            long age = window - book.firstWindow.orElse(window);
            if (age <= oldest(book)) {
                inForce.add(book.decision);
            }
        }
        return inForce;
    }

    private long oldest(Book book) {
        int role =
                terms.contributor(book.decision.getContributor()).orElseThrow().role();
        return terms.countsOnce(role)
                ? 0
                : maximumAgeWindows.isPresent() ? maximumAgeWindows.getAsInt() : Long.MAX_VALUE;
    }
}
