package io.veilflow.pipeline.party;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.sign.SkipReason;
import io.veilflow.pipeline.window.Admissions;
import io.veilflow.pipeline.window.ClosedWindow;
import io.veilflow.pipeline.window.Dispute;
import io.veilflow.pipeline.window.RootedManifest;
import io.veilflow.pipeline.wire.Cut;
import io.veilflow.pipeline.wire.Decision;
import io.veilflow.pipeline.wire.Reason;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a party through its job, unit after unit, on one thread (DESIGN sections 2, 6 and 7). A restarted party takes the same way
 * again from its beginning; journal and board say of every step what it was ({@code docs/recovery.md}). What comes next is the {@link
 * Sequencer}'s matter, what a unit does {@link BatchUnit}'s and {@link WindowUnit}'s.
 */
final class UnitDriver {
    private static final Logger LOG = LoggerFactory.getLogger(UnitDriver.class);

    private final JobTerms terms;
    private final int disputesMax;
    private final Intake intake;
    private final Admissions admissions;
    private final Sequencer sequencer;
    private final BatchUnit batches;
    private final WindowUnit windows;
    private final SkipUnit skips;
    private final Outbox outbox;
    private final ResultKeys keys;
    private final AttemptControl control;
    private final AttemptFailures failures;
    private final Sealer sealer;
    private final EventLog events;
    private final StageTimes times;
    private final Progress progress;
    private final Consumer<WindowOutcome> outcomes;

    private final Map<PartyId, Integer> disputes = new EnumMap<>(PartyId.class);

    UnitDriver(
            JobTerms terms,
            int disputesMax,
            Intake intake,
            Admissions admissions,
            Sequencer sequencer,
            BatchUnit batches,
            WindowUnit windows,
            SkipUnit skips,
            Outbox outbox,
            ResultKeys keys,
            AttemptControl control,
            AttemptFailures failures,
            Sealer sealer,
            EventLog events,
            StageTimes times,
            Progress progress,
            Consumer<WindowOutcome> outcomes) {
        this.terms = terms;
        this.disputesMax = disputesMax;
        this.intake = intake;
        this.admissions = admissions;
        this.sequencer = sequencer;
        this.batches = batches;
        this.windows = windows;
        this.skips = skips;
        this.outbox = outbox;
        this.keys = keys;
        this.control = control;
        this.failures = failures;
        this.sealer = sealer;
        this.events = events;
        this.times = times;
        this.progress = progress;
        this.outcomes = outcomes;
    }

    /**
     * Goes on until the job has ended.
     *
     * @throws JobHeldException if this party cannot go on
     */
    void run() {
        try {
            goOn();
        } catch (JobHeldException held) {
            tellThatTheJobHolds(held);
            outbox.settle();
            throw held;
        }
    }

    /** So that the others need not find it out by waiting; they hold in any case, since no attempt begins without this party. */
    private void tellThatTheJobHolds(JobHeldException held) {
        try {
            control.hold();
        } catch (RuntimeException unreachable) {
            held.addSuppressed(unreachable);
        }
    }

    private void goOn() {
        failures.requireBelowLimit();
        sealer.postWhatIsJournalled();
        progress.waiting();
        for (Optional<Sequencer.Next> next = sequencer.next(); next.isPresent(); next = sequencer.next()) {
            UnitId unit = next.get().unit();
            switch (unit.kind()) {
                case BATCH -> batch(unit.id(), next.get().cut());
                case WINDOW -> window(next.get().cut());
                case UNIT_KIND_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalStateException(unit + " is no unit");
            }
            progress.waiting();
        }
        if (control.leads()) {
            sealer.endUnits();
        }
    }

    private void batch(long id, Cut cut) {
        long begin = times.now();
        progress.begin(UnitId.batch(id), PartyStage.ADMIT);
        BatchUnit.Outcome outcome = batches.run(id, cut);
        sequencer.batchEnded(outcome.decisions().size());
        progress.decided(outcome.decisions().size());
        List<WindowReport.Rejection> rejected = outcome.decisions().stream()
                .filter(decision -> decision.getReason() != Reason.ACCEPTED)
                .map(UnitDriver::rejection)
                .toList();
        rejected.forEach(events::rejected);
        times.admitted(begin, rejected);
        countDisputes(outcome.disputes());
        forgetDecided();
        LOG.info("batch {}: {} decided, {} rejected", id, outcome.decisions().size(), rejected.size());
    }

    private void window(Cut cut) {
        ClosedWindow closed = intake.firstClosedFrom(sequencer.nextWindow()).orElseThrow();
        long closedNanos = intake.closedAtNanos(closed);
        progress.begin(UnitId.window(closed.window()), PartyStage.SEAL);
        keys.reach(closed.window());
        RootedManifest rooted = windows.seal(closed, cut);
        long sealedNanos = times.now();
        // not before the seal: the others come here by P0's list alone, and a skip needs one of them
        skipWithoutTick(closed.window());
        keys.begin(closed.window());
        sequencer.windowEnded(closed.window());
        if (!windows.isComputable(rooted)) {
            skipped(skips.sign(closed.window(), closed.window(), SkipReason.TOO_FEW_CONTRIBUTORS));
            return;
        }
        if (outbox.hasSettled(closed.window())) {
            times.startAnew();
            return;
        }
        Optional<SignedWindow> proven = windows.prove(closed, rooted, new WindowUnit.Deliveries() {
            @Override
            public void attested(SignedWindow result) {
                signed(times.signed(result, closedNanos, sealedNanos));
            }

            @Override
            public void skipped(SignedSkip skip) {
                UnitDriver.this.skipped(skip);
            }
        });
        proven.ifPresent(result -> signed(times.signed(result, closedNanos, sealedNanos)));
    }

    private void signed(StageTimes.Open open) {
        SignedWindow signed = open.signed();
        outbox.add(open);
        outcomes.accept(WindowOutcome.signed(signed.window(), signed.message().assurance()));
        LOG.info("{}, profile {}", signed.message().title(), terms.definition().profile());
    }

    private void skipWithoutTick(long closed) {
        if (sequencer.nextWindow() < closed) {
            keys.begin(sequencer.nextWindow());
            skipped(skips.sign(sequencer.nextWindow(), closed - 1, SkipReason.NO_TICK));
        }
    }

    private void skipped(SignedSkip skip) {
        outbox.add(skip);
        String reason = skip.message().reason().words();
        for (long window = skip.message().firstWindow();
                window <= skip.message().lastWindow();
                window++) {
            LOG.warn("window {} is skipped: {}", window, reason);
            events.skipped(window, reason);
            outcomes.accept(WindowOutcome.skipped(window, reason));
        }
    }

    /** A party that goes on refusing what the others can open is broken, or keeps contributors out: that is for people. */
    private void countDisputes(List<Dispute> unsettled) {
        for (Dispute dispute : unsettled) {
            int count = disputes.merge(dispute.refuser(), 1, Integer::sum);
            if (count > disputesMax) {
                throw new JobHeldException(
                        count + " submissions could not be opened by " + dispute.refuser() + " alone");
            }
        }
    }

    private void forgetDecided() {
        Map<String, Set<Long>> inForce = admissions.inForce(sequencer.nextWindow()).stream()
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
