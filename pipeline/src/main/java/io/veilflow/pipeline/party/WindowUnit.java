package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.session.Session;
import io.veilflow.pipeline.journal.Journal;
import io.veilflow.pipeline.journal.JournalEntry;
import io.veilflow.pipeline.window.AcceptLists;
import io.veilflow.pipeline.window.Admissions;
import io.veilflow.pipeline.window.ClosedWindow;
import io.veilflow.pipeline.window.Manifests;
import io.veilflow.pipeline.window.RootedManifest;
import io.veilflow.pipeline.wire.AcceptList;
import io.veilflow.pipeline.wire.Cut;
import io.veilflow.pipeline.wire.Decision;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.WindowResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** One window: sealed over the books in force, computed and proven in sessions, signed (DESIGN section 2, steps 3 to 8). */
final class WindowUnit {
    private final Admissions admissions;
    private final Manifests manifests;
    private final Sealer sealer;
    private final AttemptLoop attempts;
    private final AttemptControl control;
    private final WindowSession session;
    private final WindowEnding.Ports endings;
    private final WindowDeadlines deadlines;
    private final Journal journal;
    private final JournalledLog own;
    private final Patience patience;
    private final Duration longest;

    /** What becomes of a window beside the result that is returned. */
    interface Deliveries {
        /** The group has signed it without a proof. A proof may still follow. */
        void attested(SignedWindow signed);

        /** The group has signed that there is no result. */
        void skipped(SignedSkip signed);
    }

    /** @param longest wait for the group's signature */
    WindowUnit(
            Admissions admissions,
            Manifests manifests,
            Sealer sealer,
            AttemptLoop attempts,
            AttemptControl control,
            WindowSession session,
            WindowEnding.Ports endings,
            WindowDeadlines deadlines,
            Journal journal,
            JournalledLog own,
            Patience patience,
            Duration longest) {
        this.admissions = admissions;
        this.manifests = manifests;
        this.sealer = sealer;
        this.attempts = attempts;
        this.control = control;
        this.session = session;
        this.endings = endings;
        this.deadlines = deadlines;
        this.journal = journal;
        this.own = own;
        this.patience = patience;
        this.longest = longest;
    }

    /**
     * Seals the window over the books in force.
     *
     * @param cut how far this party has read; beyond the closing tick
     */
    RootedManifest seal(ClosedWindow closed, Cut cut) {
        UnitId unit = UnitId.window(closed.window());
        List<Decision> inForce = admissions.inForce(closed.window());
        AcceptList list = sealer.list(
                unit, Sealer.ROUND, () -> AcceptLists.of(unit.kind(), unit.id(), Sealer.ROUND, cut, inForce));
        RootedManifest rooted =
                sealer.seal(unit, list, lists -> manifests.window(closed, inForce, lists), Function.identity());
        admissions.windowSealed(closed.window());
        return rooted;
    }

    /** Whether the window has the contributors that the job asks for. */
    boolean isComputable(RootedManifest rooted) {
        return manifests.hasEnoughContributors(rooted.manifest());
    }

    /**
     * Computes and proves a sealed window, and has the group sign it. A restarted party first takes up what it knows of the window already,
     * from its journal and from what the others posted meanwhile.
     *
     * @return the proven result; empty if the window was delivered as skipped
     * @throws JobHeldException if this party goes no further; the window was attested or skipped then, or neither
     */
    Optional<SignedWindow> prove(ClosedWindow closed, RootedManifest rooted, Deliveries deliveries) {
        UnitId unit = UnitId.window(closed.window());
        if (control.leads()) {
            own.publish(Payload.newBuilder().setManifest(rooted.manifest()).build());
        }
        try (WindowEnding ending = new WindowEnding(
                unit,
                rooted,
                endings,
                () -> deadlines.passed(unit.id()),
                (opened, proof) -> session.withProof(rooted, opened, proof),
                deliveries::attested)) {
            if (!resume(unit, rooted, closed, ending)) {
                deliveries.skipped(patience.await(longest, "a signed skip of " + unit, ending::pollSkip));
                return Optional.empty();
            }
            try {
                return proven(unit, rooted, closed, ending, deliveries);
            } catch (JobHeldException held) {
                tellThatTheJobHolds(held);
                close(unit, ending, deliveries, held);
                throw held;
            }
        }
    }

    /**
     * Takes up what is known of the window.
     *
     * @return whether it may still be computed: no attempt follows the own word that it cannot be
     */
    private boolean resume(UnitId unit, RootedManifest rooted, ClosedWindow closed, WindowEnding ending) {
        endings.openings().recall(unit.id());
        if (endings.signing().statedSkip(unit)) {
            return false;
        }
        Supplier<Optional<ComputedResult>> former = () -> session.former(rooted, closed, endings.openings());
        former.get().ifPresent(opened -> {
            ending.opened(opened);
            formerProof(unit, opened).ifPresent(proof -> ending.proven(opened.with(proof, 0, 0)));
        });
        ending.lookForOpened(former);
        return true;
    }

    /** A proof that this party had verified and journalled before it was restarted: with its statement, or just before that. */
    private Optional<ByteString> formerProof(UnitId unit, ComputedResult opened) {
        int words = opened.outputs().size();
        return endings.signing().stated(unit).map(WindowResult::getProof).or(() -> own.first(
                        JournalEntry.Type.RESULT, unit)
                .map(stored -> stored.substring(words)));
    }

    private Optional<SignedWindow> proven(
            UnitId unit, RootedManifest rooted, ClosedWindow closed, WindowEnding ending, Deliveries deliveries) {
        boolean computed = attempts.untilOne(
                unit,
                rooted.root(),
                () -> ending.poll().isPresent() || ending.skippedByOthers().isPresent(),
                run -> attempt(run, unit, rooted, closed, ending));
        Optional<SignedSkip> skip = computed || ending.poll().isPresent() ? Optional.empty() : ending.skippedByOthers();
        if (skip.isPresent()) {
            deliveries.skipped(skip.get());
            return Optional.empty();
        }
        return Optional.of(patience.await(longest, "the group's signature under " + unit, ending::poll));
    }

    private void attempt(Session run, UnitId unit, RootedManifest rooted, ClosedWindow closed, WindowEnding ending) {
        ComputedResult result = session.run(run, rooted, closed, ending::opened);
        ByteString stored = result.outputs().concat(result.proof().orElseThrow());
        journal.append(new JournalEntry(
                JournalEntry.Type.RESULT, unit.kind(), unit.id(), run.context().attempt(), stored));
        ending.proven(result);
    }

    /** So that the others need not find it out by waiting; they too can then close the window. */
    private void tellThatTheJobHolds(JobHeldException held) {
        try {
            control.hold();
        } catch (RuntimeException unreachable) {
            held.addSuppressed(unreachable);
        }
    }

    /** No attempt follows. What was opened is published without a proof, if the job allows it; else nobody has it and it is skipped. */
    private void close(UnitId unit, WindowEnding ending, Deliveries deliveries, JobHeldException held) {
        try {
            if (!ending.isOpened()) {
                deliveries.skipped(patience.await(longest, "a signed skip of " + unit, ending::pollSkip));
            } else if (deadlines.areSet()) {
                patience.await(() -> deadlines.passed(unit.id()) ? Optional.of(unit) : Optional.empty());
                patience.await(longest, "the group's signature under " + unit, () -> attested(unit, ending));
            }
        } catch (JobHeldException alone) {
            held.addSuppressed(alone);
        }
    }

    private static Optional<UnitId> attested(UnitId unit, WindowEnding ending) {
        return ending.poll().isPresent() || ending.isAttested() ? Optional.of(unit) : Optional.empty();
    }
}
