package io.veilflow.pipeline.party;

import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.window.Admissions;
import io.veilflow.pipeline.window.ClosedWindow;
import io.veilflow.pipeline.window.Cuts;
import io.veilflow.pipeline.wire.AcceptList;
import io.veilflow.pipeline.wire.Cut;
import java.util.Optional;

/**
 * Which unit is next (DESIGN section 6). P0 sequences and decides nothing else: everything undecided first, then the oldest
 * closed window, unless too many are open; its accept list on the board says so. The others follow once they have read as
 * far. Used by the driver's thread only.
 */
final class Sequencer {
    private final JobTerms terms;
    private final Intake intake;
    private final Admissions admissions;
    private final Sealer sealer;
    private final Outbox outbox;
    private final AttemptControl control;
    private final Patience patience;
    private final long gatheringMillis;

    private long nextBatch;
    private long nextWindow;
    private boolean restIsLate;

    Sequencer(
            JobTerms terms,
            Intake intake,
            Admissions admissions,
            Sealer sealer,
            Outbox outbox,
            AttemptControl control,
            Patience patience,
            PartyLimits limits) {
        this.terms = terms;
        this.intake = intake;
        this.admissions = admissions;
        this.sealer = sealer;
        this.outbox = outbox;
        this.control = control;
        this.patience = patience;
        this.gatheringMillis = limits.gathering().toMillis();
    }

    /**
     * A unit that can begin.
     *
     * @param cut how far it takes the logs at this party
     */
    record Next(UnitId unit, Cut cut) {}

    /** Waits for the next unit; empty when the job has ended. */
    Optional<Next> next() {
        return patience.await(control.leads() ? this::propose : this::follow);
    }

    /** The first window that has not ended here. */
    long nextWindow() {
        return nextWindow;
    }

    /** @param decided number of records that the batch decided */
    void batchEnded(int decided) {
        nextBatch++;
        // what the others could not read before their input ended came after the end
        restIsLate = intake.ended() && decided == 0;
    }

    void windowEnded(long window) {
        nextWindow = window + 1;
    }

    /** Nothing: not yet. Nothing inside: the end. */
    private Optional<Optional<Next>> propose() {
        if (hasUndecided() && !restIsLate) {
            patience.pause(gatheringMillis);
            return Optional.of(Optional.of(new Next(UnitId.batch(nextBatch), intake.cut())));
        }
        Optional<ClosedWindow> closed = intake.firstClosedFrom(nextWindow);
        if (closed.isPresent()) {
            boolean room = outbox.openWindows() < terms.definition().windows().openWindowLimit();
            return room
                    ? Optional.of(
                            Optional.of(new Next(UnitId.window(closed.get().window()), intake.cut())))
                    : Optional.empty();
        }
        return intake.ended() ? Optional.of(Optional.empty()) : Optional.empty();
    }

    private Optional<Optional<Next>> follow() {
        Optional<ClosedWindow> closed = intake.firstClosedFrom(nextWindow);
        Optional<Next> proposed = readable(UnitId.batch(nextBatch));
        if (proposed.isEmpty() && closed.isPresent()) {
            proposed = readable(UnitId.window(closed.get().window()));
        }
        if (proposed.isPresent()) {
            return Optional.of(proposed);
        }
        boolean done = intake.ended() && control.ended(closed.isEmpty() && !hasUndecided());
        return done ? Optional.of(Optional.empty()) : Optional.empty();
    }

    /** What P0 has proposed, once this party has read as far, or to the end. */
    private Optional<Next> readable(UnitId unit) {
        return sealer.proposed(unit)
                .map(AcceptList::getCut)
                .filter(cut -> intake.ended() || Cuts.reaches(intake.cut(), cut))
                .map(cut -> new Next(unit, intake.cutUpTo(cut)));
    }

    private boolean hasUndecided() {
        return !intake.between(admissions.decidedUpTo(), intake.cut()).isEmpty();
    }
}
