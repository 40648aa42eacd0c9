package io.veilflow.pipeline.party;

import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.window.Admissions;
import io.veilflow.pipeline.window.ClosedWindow;
import io.veilflow.pipeline.window.Cuts;
import io.veilflow.pipeline.wire.AcceptList;
import io.veilflow.pipeline.wire.Cut;
import java.util.Optional;

/**
 * Which unit is next (DESIGN section 6), in the order of P0's log, which a restarted P0 follows itself as far as it goes, and which ends with P0's word that no further unit follows. P0 sequences and decides nothing else: what it had read when the oldest closed window closed,
 * then that window, unless too many are open, then whatever else is undecided; its accept list on the board says so. So a book that comes
 * after the closing tick does not slip into the window before because P0 was held up. The others follow once they have read as far.
 * Used by the driver's thread only.
 */
final class Sequencer {
    /** Most records in one batch, unless more contributors have one waiting. */
    private static final long BATCH_RECORDS = 1_024;

    /**
     * Lists and manifest name every log, whatever the batch brings: the more logs, the longer P0 waits for more records.
     */
    private static final long GATHERING_MILLIS_A_LOG = 1;

    private static final long GATHERING_MILLIS_MOST = 2_000;

    private final JobTerms terms;
    private final Intake intake;
    private final Admissions admissions;
    private final Sealer sealer;
    private final Outbox outbox;
    private final ResultKeys keys;
    private final AttemptControl control;
    private final Patience patience;
    private final PartyClock clock;
    private final PartyLimits limits;
    private final long gatheringMillis;

    private int unitsEnded;
    private long nextBatch;
    private long nextWindow;
    private boolean restIsLate;
    private Optional<Deadline> overdue = Optional.empty();

    Sequencer(
            JobTerms terms,
            Intake intake,
            Admissions admissions,
            Sealer sealer,
            Outbox outbox,
            ResultKeys keys,
            AttemptControl control,
            Patience patience,
            PartyClock clock,
            PartyLimits limits) {
        this.terms = terms;
        this.intake = intake;
        this.admissions = admissions;
        this.sealer = sealer;
        this.outbox = outbox;
        this.keys = keys;
        this.control = control;
        this.patience = patience;
        this.clock = clock;
        this.limits = limits;
        this.gatheringMillis = limits.gathering().toMillis()
                + Math.min(
                        GATHERING_MILLIS_MOST,
                        GATHERING_MILLIS_A_LOG * terms.logs().size());
    }

    /**
     * A unit that can begin.
     *
     * @param cut how far it takes the logs at this party
     */
    record Next(UnitId unit, Cut cut) {}

    /**
     * Waits for the next unit; empty when the job has ended.
     *
     * @throws JobHeldException if P0 proposes none for long, though there is something to decide
     */
    Optional<Next> next() {
        overdue = Optional.empty();
        return patience.await(control.leads() ? this::propose : this::follow);
    }

    /** The first window that has not ended here. */
    long nextWindow() {
        return nextWindow;
    }

    /** @param decided number of records that the batch decided */
    void batchEnded(int decided) {
        unitsEnded++;
        sealer.unitEnded(UnitId.batch(nextBatch));
        nextBatch++;
        // what the others could not read before their input ended came after the end
        restIsLate = intake.ended() && decided == 0;
    }

    void windowEnded(long window) {
        unitsEnded++;
        sealer.unitEnded(UnitId.window(window));
        nextWindow = window + 1;
        intake.forgetClosings(window);
    }

    /** Nothing: not yet. Nothing inside: the end. */
    private Optional<Optional<Next>> propose() {
        if (sealer.proposal(unitsEnded).isPresent()) {
            return proposed().map(Optional::of);
        }
        if (sealer.haveUnitsEnded()) {
            return Optional.of(Optional.empty());
        }
        Optional<ClosedWindow> closed = intake.firstClosedFrom(nextWindow);
        if (closed.isPresent()
                && hasRoom(closed.get())
                && (restIsLate || !hasUndecided(intake.cutAtClosing(closed.get())))) {
            return Optional.of(Optional.of(new Next(UnitId.window(closed.get().window()), intake.cut())));
        }
        if (hasUndecided(intake.cut()) && !restIsLate) {
            gather();
            return Optional.of(Optional.of(new Next(UnitId.batch(nextBatch), batchCut())));
        }
        return intake.ended() && closed.isEmpty() ? Optional.of(Optional.empty()) : Optional.empty();
    }

    /** Waits for more records, but not if a window waits for what is there, or a batch is full already. */
    private void gather() {
        boolean windowWaits = intake.firstClosedFrom(nextWindow)
                .filter(closed -> hasUndecided(intake.cutAtClosing(closed)))
                .isPresent();
        if (!windowWaits && undecided(intake.cut()) < BATCH_RECORDS) {
            patience.pause(gatheringMillis);
        }
    }

    /**
     * Towards the oldest closed window's tick if something before it is undecided, else towards everything. A flood takes several
     * batches, in each of which everybody else has a share: a list must fit into a record, and a batch into memory.
     */
    private Cut batchCut() {
        Cut target = intake.firstClosedFrom(nextWindow)
                .map(intake::cutAtClosing)
                .filter(this::hasUndecided)
                .orElseGet(intake::cut);
        return intake.step(admissions.decidedUpTo(), target, BATCH_RECORDS);
    }

    private boolean hasRoom(ClosedWindow closed) {
        int open = outbox.openWindows();
        return open < terms.definition().windows().openWindowLimit()
                && (open == 0 || !keys.waitsForTheChain(closed.window()));
    }

    private Optional<Optional<Next>> follow() {
        Optional<ClosedWindow> closed = intake.firstClosedFrom(nextWindow);
        Optional<Next> proposed = proposed();
        if (proposed.isPresent()) {
            return Optional.of(proposed);
        }
        boolean nothingLeft = closed.isEmpty() && !hasUndecided(intake.cut());
        if (intake.ended() && (sealer.haveUnitsEnded() || control.isAbandoned(nothingLeft))) {
            return Optional.of(Optional.empty());
        }
        requireProgress(closed);
        return Optional.empty();
    }

    /** P0 may itself have to wait for the others behind the last unit, so it gets twice the time. */
    private void requireProgress(Optional<ClosedWindow> closed) {
        if (!hasUndecided(intake.cut()) && (closed.isEmpty() || !hasRoom(closed.get()))) {
            overdue = Optional.empty();
        } else if (overdue.isEmpty()) {
            overdue = Optional.of(new Deadline(clock, limits.agreement().multipliedBy(2)));
        } else if (overdue.get().passed()) {
            throw new JobHeldException("P0 proposes nothing, though there is something to decide");
        }
    }

    /** What P0 has proposed, before a restart of its own too, once this party has read as far, or to the end. */
    private Optional<Next> proposed() {
        return sealer.proposal(unitsEnded)
                .filter(list -> intake.ended() || Cuts.reaches(intake.cut(), list.getCut()))
                .map(list -> new Next(requireNext(list), intake.cutUpTo(list.getCut())));
    }

    private UnitId requireNext(AcceptList list) {
        UnitId unit = new UnitId(list.getKind(), list.getId());
        boolean next = unit.equals(UnitId.batch(nextBatch))
                || intake.firstClosedFrom(nextWindow)
                        .filter(closed -> unit.equals(UnitId.window(closed.window())))
                        .isPresent();
        if (!next) {
            throw new JobHeldException("P0 proposes " + unit + ", which is not the next one");
        }
        return unit;
    }

    /** Whether a batch as far as the cut would decide something; never if it would go back behind the last one. */
    private boolean hasUndecided(Cut cut) {
        return undecided(cut) > 0;
    }

    private long undecided(Cut cut) {
        Cut decided = admissions.decidedUpTo();
        String feeder = terms.definition().feeder().name();
        return Cuts.reaches(cut, decided) ? Cuts.recordsBetween(decided, cut, feeder) : 0;
    }
}
