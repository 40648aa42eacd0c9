package io.veilflow.pipeline.party;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.window.Admissions;
import io.veilflow.pipeline.window.ClosedWindow;
import io.veilflow.pipeline.window.Cuts;
import io.veilflow.pipeline.window.RootedManifest;
import io.veilflow.pipeline.wire.AcceptList;
import io.veilflow.pipeline.wire.Cut;
import io.veilflow.pipeline.wire.Decision;
import io.veilflow.pipeline.wire.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a party through its job, unit after unit, on one thread (DESIGN sections 2, 6 and 7). P0 sequences: by posting its
 * accept list it says whether a batch or a window is next; the others follow once they have read as far. One unit is in
 * flight at a time.
 */
final class UnitDriver {
    private static final Logger LOG = LoggerFactory.getLogger(UnitDriver.class);

    private final PartyId self;
    private final JobTerms terms;
    private final PartyLimits limits;
    private final Intake intake;
    private final Admissions admissions;
    private final Sealer sealer;
    private final BatchUnit batches;
    private final WindowUnit windows;
    private final Outbox outbox;
    private final AttemptControl control;
    private final Patience patience;
    private final EventLog events;
    private final StageTimes times;
    private final Consumer<WindowOutcome> outcomes;

    private long nextBatch;
    private long nextWindow;
    private int disputes;
    private boolean restIsLate;

    UnitDriver(
            PartyId self,
            JobTerms terms,
            PartyLimits limits,
            Intake intake,
            Admissions admissions,
            Sealer sealer,
            BatchUnit batches,
            WindowUnit windows,
            Outbox outbox,
            AttemptControl control,
            Patience patience,
            EventLog events,
            StageTimes times,
            Consumer<WindowOutcome> outcomes) {
        this.self = self;
        this.terms = terms;
        this.limits = limits;
        this.intake = intake;
        this.admissions = admissions;
        this.sealer = sealer;
        this.batches = batches;
        this.windows = windows;
        this.outbox = outbox;
        this.control = control;
        this.patience = patience;
        this.events = events;
        this.times = times;
        this.outcomes = outcomes;
    }

    /** What comes next, and how far it takes the logs. */
    private record Next(Kind kind, Cut cut) {
        private enum Kind {
            BATCH,
            WINDOW,
            END
        }
    }

    /**
     * Goes on until the job has ended.
     *
     * @throws JobHeldException if this party cannot go on
     */
    void run() {
        while (true) {
            Next next = patience.await(self == PartyId.P0 ? this::propose : this::follow);
            switch (next.kind()) {
                case BATCH -> batch(next.cut());
                case WINDOW -> window(next.cut());
                case END -> {
                    control.end();
                    return;
                }
            }
        }
    }

    /** P0: everything undecided first, then the oldest closed window, unless too many are open. */
    private Optional<Next> propose() {
        if (hasUndecided() && !restIsLate) {
            patience.pause(limits.gathering().toMillis());
            return Optional.of(new Next(Next.Kind.BATCH, intake.cut()));
        }
        if (intake.firstClosedFrom(nextWindow).isPresent()) {
            boolean room = outbox.openWindows() < terms.definition().windows().openWindowLimit();
            return room ? Optional.of(new Next(Next.Kind.WINDOW, intake.cut())) : Optional.empty();
        }
        return intake.ended() ? Optional.of(new Next(Next.Kind.END, intake.cut())) : Optional.empty();
    }

    /** The others: what P0's list says, once this party has read as far, or to the end. */
    private Optional<Next> follow() {
        Optional<AcceptList> batch = sealer.proposed(UnitId.batch(nextBatch));
        if (batch.isPresent()) {
            return readable(batch.get()).map(cut -> new Next(Next.Kind.BATCH, cut));
        }
        Optional<ClosedWindow> closed = intake.firstClosedFrom(nextWindow);
        Optional<AcceptList> window = closed.flatMap(of -> sealer.proposed(UnitId.window(of.window())));
        if (window.isPresent()) {
            return readable(window.get()).map(cut -> new Next(Next.Kind.WINDOW, cut));
        }
        boolean done = intake.ended() && control.ended(closed.isEmpty() && !hasUndecided());
        return done ? Optional.of(new Next(Next.Kind.END, intake.cut())) : Optional.empty();
    }

    private Optional<Cut> readable(AcceptList proposed) {
        boolean reached = intake.ended() || Cuts.reaches(intake.cut(), proposed.getCut());
        return reached ? Optional.of(intake.cutUpTo(proposed.getCut())) : Optional.empty();
    }

    private boolean hasUndecided() {
        return !intake.between(admissions.decidedUpTo(), intake.cut()).isEmpty();
    }

    private void batch(Cut cut) {
        long begin = times.now();
        BatchUnit.Outcome outcome = batches.run(nextBatch, cut);
        nextBatch++;
        restIsLate = intake.ended() && outcome.decisions().isEmpty();
        List<WindowReport.Rejection> rejected = outcome.decisions().stream()
                .filter(decision -> decision.getReason() != Reason.ACCEPTED)
                .map(UnitDriver::rejection)
                .toList();
        rejected.forEach(events::rejected);
        times.admitted(begin, rejected);
        countDisputes(outcome.disputes());
        forgetDecided();
        LOG.info(
                "batch {}: {} decided, {} rejected",
                nextBatch - 1,
                outcome.decisions().size(),
                rejected.size());
    }

    private void window(Cut cut) {
        ClosedWindow closed = intake.firstClosedFrom(nextWindow).orElseThrow();
        long closedNanos = intake.closedAtNanos(closed);
        reportWithoutTick(closed.window());
        RootedManifest rooted = windows.seal(closed, cut);
        long sealedNanos = times.now();
        nextWindow = closed.window() + 1;
        if (!windows.isComputable(rooted)) {
            skip(
                    closed.window(),
                    "fewer contributors than the job asks for: "
                            + rooted.manifest().getEntriesCount());
            return;
        }
        SignedWindow signed = windows.prove(closed, rooted, self == PartyId.P0);
        outbox.add(times.signed(signed, closedNanos, sealedNanos));
        outcomes.accept(WindowOutcome.proven(closed.window()));
        LOG.info(
                "window {}: proven, profile {}",
                closed.window(),
                terms.definition().profile());
    }

    private void reportWithoutTick(long closed) {
        for (long window = nextWindow; window < closed; window++) {
            skip(window, "no tick");
        }
    }

    private void skip(long window, String reason) {
        LOG.warn("window {} is skipped: {}", window, reason);
        events.skipped(window, reason);
        outcomes.accept(WindowOutcome.skipped(window, reason));
    }

    private void countDisputes(Map<PartyId, Integer> batch) {
        disputes += batch.getOrDefault(self, 0);
        if (disputes > limits.disputes()) {
            throw new JobHeldException(disputes + " submissions could not be opened by this party alone");
        }
    }

    private void forgetDecided() {
        Map<String, Set<Long>> inForce = admissions.inForce(nextWindow).stream()
                .collect(Collectors.groupingBy(
                        Decision::getContributor, Collectors.mapping(Decision::getRecord, Collectors.toSet())));
        intake.forgetBefore(admissions.decidedUpTo(), inForce);
    }

    private static WindowReport.Rejection rejection(Decision decision) {
        return new WindowReport.Rejection(
                decision.getContributor(),
                decision.getRecord(),
                decision.getReason().name());
    }
}
