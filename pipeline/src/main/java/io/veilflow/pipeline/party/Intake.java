package io.veilflow.pipeline.party;

import io.veilflow.pipeline.admit.CheckOutcome;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.window.CheckedRecords;
import io.veilflow.pipeline.window.ClosedWindow;
import io.veilflow.pipeline.window.Cuts;
import io.veilflow.pipeline.window.WindowClock;
import io.veilflow.pipeline.wire.Cut;
import io.veilflow.pipeline.wire.LogPosition;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this party has been offered so far: the records of every log with the heads behind them, and the windows that the
 * ticks have closed. Public. Thread-safe: the feeding side offers, the driver reads.
 */
final class Intake implements CheckedRecords {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private final JobTerms terms;
    private final Openings openings;
    private final OwnRecords before;
    private final EventLog events;
    private final PartyClock clock;
    private final WindowClock windows;
    private final String feeder;
    private final Map<String, NavigableMap<Long, LogPosition>> positions = new HashMap<>();
    /** Behind everything that has been offered, and where each log stands in it. */
    private final Cut.Builder offered;

    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, NavigableMap<Long, CheckOutcome>> records = new HashMap<>();
    private final NavigableMap<Long, Closing> closings = new TreeMap<>();
    private long offeredRecords;
    private long tickedNanos;
    private boolean ticked;
    private boolean ended;

    /** How far this party had read when a tick closed a window, the tick included, and when that was. */
    private record Closing(Cut cut, long nanos) {}

    /** @param before what this party has decided already: most of those books need not be opened again */
    Intake(JobTerms terms, Openings openings, OwnRecords before, EventLog events, PartyClock clock) {
        this.terms = terms;
        this.openings = openings;
        this.before = before;
        this.events = events;
        this.clock = clock;
        this.windows = new WindowClock(terms);
        this.feeder = terms.definition().feeder().name();
        for (String log : terms.logs()) {
            positions.put(log, new TreeMap<>(Map.of(0L, Cuts.beforeFirst(log))));
            records.put(log, new TreeMap<>());
            places.put(log, places.size());
        }
        this.offered = Cuts.empty(terms).toBuilder();
    }

    /** See {@link PartyIngress#offer}. */
    synchronized void offer(CheckedEntry checked) {
        String log = checked.entry().writer();
        NavigableMap<Long, LogPosition> seen = positions.get(log);
        if (seen == null) {
            throw new IllegalArgumentException("a log that is not of this job: " + log);
        }
        long index = checked.entry().index();
        LogPosition after = Cuts.after(checked.entry());
        if (index < seen.lastKey()) {
            if (seen.containsKey(index + 1) && !seen.get(index + 1).equals(after)) {
                throw new IllegalArgumentException(checked.entry().place() + " is not what it was before");
            }
            return;
        }
        if (index > seen.lastKey()) {
            throw new IllegalArgumentException("records of " + log + " are missing before " + index);
        }
        seen.put(index + 1, after);
        offered.setPositions(places.get(log), after);
        if (log.equals(feeder)) {
            feed(checked);
        } else {
            take(checked.outcome());
        }
    }

    /** No more entries follow. */
    synchronized void end() {
        ended = true;
    }

    synchronized boolean ended() {
        return ended;
    }

    /** Everything that has been offered. */
    synchronized Cut cut() {
        return offered.build();
    }

    /** As far as {@code target} goes, or as this party has read if that is less. Heads are this party's own. */
    synchronized Cut cutUpTo(Cut target) {
        return Cuts.of(terms, log -> positions
                .get(log)
                .floorEntry(Math.max(positions.get(log).firstKey(), Cuts.records(target, log)))
                .getValue());
    }

    /**
     * From one cut towards another that reaches it, by so many records of contributors at most, shared out evenly; one of each log
     * in any case.
     */
    synchronized Cut step(Cut from, Cut to, long most) {
        List<Long> waiting = terms.definition().contributors().stream()
                .map(contributor -> Cuts.records(to, contributor.name()) - Cuts.records(from, contributor.name()))
                .toList();
        long share = FairShare.of(waiting, most);
        return Cuts.of(terms, log -> {
            long end = log.equals(feeder)
                    ? Cuts.records(to, log)
                    : Math.min(Cuts.records(to, log), Cuts.records(from, log) + share);
            return positions.get(log).get(end);
        });
    }

    @Override
    public synchronized CheckOutcome outcome(String contributor, long record) {
        CheckOutcome outcome = records.get(contributor).get(record);
        if (outcome == null) {
            throw new IllegalArgumentException("record " + record + " of " + contributor + " is not at hand");
        }
        return outcome;
    }

    /** Contributors' records from one cut to another. */
    synchronized List<CheckOutcome> between(Cut from, Cut to) {
        return terms.definition().contributors().stream()
                .flatMap(contributor -> records
                        .get(contributor.name())
                        .subMap(Cuts.records(from, contributor.name()), Cuts.records(to, contributor.name()))
                        .values()
                        .stream())
                .toList();
    }

    synchronized Optional<ClosedWindow> firstClosedFrom(long window) {
        return windows.firstClosedFrom(window);
    }

    /** When this party was offered the tick that closed a window, which has not ended. */
    synchronized long closedAtNanos(ClosedWindow window) {
        return closings.get(window.window()).nanos();
    }

    /** How far this party had read when it was offered the tick that closed a window, which has not ended. */
    synchronized Cut cutAtClosing(ClosedWindow window) {
        return closings.get(window.window()).cut();
    }

    /** Records of contributors that were offered so far. */
    synchronized long offeredRecords() {
        return offeredRecords;
    }

    /** When the last tick that counts was offered. */
    synchronized OptionalLong tickedNanos() {
        return ticked ? OptionalLong.of(tickedNanos) : OptionalLong.empty();
    }

    /** When the ticks of the windows that have not ended were offered. */
    synchronized List<Long> closingNanos() {
        return closings.values().stream().map(Closing::nanos).toList();
    }

    /** Lets go of what was noted when windows closed, up to this one. */
    synchronized void forgetClosings(long window) {
        closings.headMap(window, true).clear();
    }

    /** Lets go of records before a cut but those that are still in force. */
    synchronized void forgetBefore(Cut decided, Map<String, Set<Long>> inForce) {
        for (LogPosition position : decided.getPositionsList()) {
            String log = position.getWriter();
            positions.get(log).headMap(position.getRecords()).clear();
            Set<Long> kept = inForce.getOrDefault(log, Set.of());
            records.get(log).headMap(position.getRecords()).keySet().retainAll(kept);
        }
    }

    private void take(CheckOutcome outcome) {
        offeredRecords++;
        records.get(outcome.entry().writer()).put(outcome.entry().index(), outcome);
        if (outcome instanceof CheckOutcome.Submitted submitted
                && before.mayCount(outcome.entry().writer(), outcome.entry().index())) {
            openings.start(submitted);
        }
    }

    private void feed(CheckedEntry checked) {
        Reason reason = checked.reason();
        if (reason == Reason.ACCEPTED) {
            Payload payload = checked.payload();
            if (payload.hasTick()) {
                reason = windows.tick(checked.entry().index(), payload.getTick());
                if (reason == Reason.ACCEPTED) {
                    ticked = true;
                    tickedNanos = clock.nanos();
                }
                windows.closedBy(checked.entry().index())
                        .ifPresent(closed -> closings.put(closed.window(), new Closing(cut(), clock.nanos())));
            } else if (!payload.hasEnd()) {
                reason = Reason.MALFORMED;
            }
        }
        if (reason != Reason.ACCEPTED) {
            LOG.warn("{} does not count: {}", checked.entry().place(), reason);
            events.rejected(new WindowReport.Rejection(feeder, checked.entry().index(), reason.name()));
        }
    }
}
