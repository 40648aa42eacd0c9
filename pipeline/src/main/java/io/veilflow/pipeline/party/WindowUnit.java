package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
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
import java.util.List;
import java.util.function.Function;

/** One window: sealed over the books in force, computed and proven in sessions, signed (DESIGN section 2, steps 3 to 8). */
final class WindowUnit {
    private final Admissions admissions;
    private final Manifests manifests;
    private final Sealer sealer;
    private final AttemptLoop attempts;
    private final WindowSession session;
    private final ResultSigning signing;
    private final Journal journal;
    private final JournalledLog own;
    private final PartyLogs logs;

    WindowUnit(
            Admissions admissions,
            Manifests manifests,
            Sealer sealer,
            AttemptLoop attempts,
            WindowSession session,
            ResultSigning signing,
            Journal journal,
            JournalledLog own,
            PartyLogs logs) {
        this.admissions = admissions;
        this.manifests = manifests;
        this.sealer = sealer;
        this.attempts = attempts;
        this.session = session;
        this.signing = signing;
        this.journal = journal;
        this.own = own;
        this.logs = logs;
    }

    /**
     * Seals the window over the books in force.
     *
     * @param cut how far this party has read; beyond the closing tick
     */
    RootedManifest seal(ClosedWindow closed, Cut cut) {
        UnitId unit = UnitId.window(closed.window());
        List<Decision> inForce = admissions.inForce(closed.window());
        AcceptList list = AcceptLists.of(unit.kind(), unit.id(), Sealer.ROUND, cut, inForce);
        RootedManifest rooted =
                sealer.seal(unit, list, lists -> manifests.window(closed, inForce, lists), Function.identity());
        admissions.windowSealed(closed.window());
        return rooted;
    }

    /** Whether the window has the contributors that the job asks for. */
    boolean isComputable(RootedManifest rooted) {
        return manifests.hasEnoughContributors(rooted.manifest());
    }

    /** Computes, proves and signs a sealed window. */
    SignedWindow prove(ClosedWindow closed, RootedManifest rooted, boolean publishes) {
        UnitId unit = UnitId.window(closed.window());
        if (publishes) {
            own.publish(Payload.newBuilder().setManifest(rooted.manifest()).build());
        }
        ProvenResult result =
                attempts.run(unit, rooted.root(), () -> committed(unit), run -> attempt(run, unit, rooted, closed));
        signing.sign(unit, rooted, result);
        return signing.gather(unit, rooted, result);
    }

    private ProvenResult attempt(Session run, UnitId unit, RootedManifest rooted, ClosedWindow closed) {
        ProvenResult result = session.run(run, rooted, closed);
        ByteString stored = result.outputs().concat(result.proof());
        journal.append(new JournalEntry(
                JournalEntry.Type.RESULT, unit.kind(), unit.id(), run.context().attempt(), stored));
        return result;
    }

    private boolean committed(UnitId unit) {
        logs.refresh();
        return logs.windowResult(PartyId.P0, unit.id()).isPresent();
    }
}
