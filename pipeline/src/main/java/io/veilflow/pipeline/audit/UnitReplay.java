package io.veilflow.pipeline.audit;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.audit.PartyRecords.Posted;
import io.veilflow.pipeline.audit.PartyRecords.Unit;
import io.veilflow.pipeline.board.BoardEntry;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.window.Admissions;
import io.veilflow.pipeline.window.BatchManifest;
import io.veilflow.pipeline.window.ClosedWindow;
import io.veilflow.pipeline.window.Dispute;
import io.veilflow.pipeline.window.Disputes;
import io.veilflow.pipeline.window.Manifests;
import io.veilflow.pipeline.window.RootedManifest;
import io.veilflow.pipeline.window.SealingException;
import io.veilflow.pipeline.wire.AcceptList;
import io.veilflow.pipeline.wire.BatchOutcome;
import io.veilflow.pipeline.wire.Decision;
import io.veilflow.pipeline.wire.LogPosition;
import io.veilflow.pipeline.wire.Reason;
import io.veilflow.pipeline.wire.UnitKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Goes through batches and windows in P0's order and computes every manifest again from the three lists. The replay ends at
 * the first unit that is not finished (the job was still running, or was stopped, when the board was read); nothing after it may be
 * sealed.
 */
final class UnitReplay {
    private final JobTerms terms;
    private final FileBoard board;
    private final AuditedLogs logs;
    private final AuditTally tally;
    private final Manifests manifests;
    private final Admissions admissions;
    private final BiPredicate<Unit, RootedManifest> sealedWindow;
    private long nextBatch;
    private Optional<Disputed> disputed = Optional.empty();
    private long nextWindow;

    /** @param sealedWindow is given every sealed window, in order, and tells whether the window has ended */
    UnitReplay(
            JobTerms terms,
            FileBoard board,
            AuditedLogs logs,
            AuditTally tally,
            BiPredicate<Unit, RootedManifest> sealedWindow) {
        this.terms = terms;
        this.board = board;
        this.logs = logs;
        this.tally = tally;
        this.manifests = new Manifests(terms, logs);
        this.admissions = new Admissions(terms, logs);
        this.sealedWindow = sealedWindow;
    }

    void run() {
        PartyRecords parties = logs.parties();
        parties.requireNothingElse();
        Unit unfinished = null;
        for (Unit unit : parties.proposed()) {
            if (unfinished != null) {
                requireNotBegun(unit, unfinished);
            } else if (!(unit.kind() == UnitKind.BATCH ? batch(unit) : window(unit))) {
                unfinished = unit;
            }
        }
    }

    private void requireNotBegun(Unit unit, Unit unfinished) {
        if (logs.parties().signatures(unit).size() == PartyId.values().length) {
            throw new AuditException(unfinished.toString(), "has not ended, and " + unit + " after it is sealed");
        }
    }

    /** A batch whose first lists have disputes waits for those of the second round. */
    private record Disputed(List<AcceptList> lists, List<Dispute> disputes) {}

    private boolean batch(Unit unit) {
        BoardEntry proposal = logs.parties().lists(unit).get(PartyId.P0).entry();
        int round = disputed.isPresent() ? Disputes.ROUND : 0;
        if (unit.id() != nextBatch || unit.round() != round) {
            throw new AuditException(
                    proposal, unit + " comes up, and " + new Unit(UnitKind.BATCH, nextBatch, round) + " is next");
        }
        Optional<BatchManifest> batch = manifest(unit, this::batchManifest);
        if (batch.isPresent() && round == 0 && !batch.get().disputes().isEmpty()) {
            requireUnsigned(unit);
            disputed = Optional.of(new Disputed(messages(unit), batch.get().disputes()));
            return true;
        }
        if (batch.isEmpty() || !isSealed(unit, batch.get().rooted())) {
            return false;
        }
        disputed = Optional.empty();
        nextBatch++;
        return outcome(unit, batch.get());
    }

    private BatchManifest batchManifest(List<AcceptList> lists) {
        disputed.ifPresent(first -> Disputes.requireContinues(first.lists(), lists, first.disputes()));
        return manifests.batch(admissions.decidedUpTo(), lists);
    }

    private void requireUnsigned(Unit unit) {
        logs.parties().signatures(unit).values().forEach(signature -> {
            throw new AuditException(signature.entry(), "signs " + unit + ", of which the disputes were not settled");
        });
    }

    private List<AcceptList> messages(Unit unit) {
        return logs.parties().lists(unit).values().stream().map(Posted::message).toList();
    }

    private boolean outcome(Unit unit, BatchManifest batch) {
        Map<PartyId, Posted<BatchOutcome>> posted = logs.parties().outcomes(unit.id());
        for (Posted<BatchOutcome> outcome : posted.values()) {
            if (!outcome.message().getManifestRoot().equals(batch.rooted().root())) {
                throw new AuditException(outcome.entry(), "is about another manifest of " + unit);
            }
            if (!batch.outcome(inRange(batch, outcome)).equals(outcome.message().getDecisionsList())) {
                throw new AuditException(outcome.entry(), "does not follow from the manifest of " + unit);
            }
            BatchOutcome first = posted.values().iterator().next().message();
            if (!outcome.message().equals(first)) {
                throw new AuditException(outcome.entry(), "is another outcome of " + unit + " than another party's");
            }
            tally.passed(AuditReport.Check.OUTCOMES);
        }
        if (posted.size() < PartyId.values().length) {
            return false;
        }
        admissions.apply(
                batch.rooted().manifest().getHeader().getCut(),
                posted.get(PartyId.P0).message().getDecisionsList());
        return true;
    }

    /** The opened bits are the one thing in an outcome that only the three parties together can know. */
    private static List<Boolean> inRange(BatchManifest batch, Posted<BatchOutcome> outcome) {
        return batch.rooted().manifest().getEntriesList().stream()
                .map(entry -> outcome.message().getDecisionsList().stream()
                        .filter(decision -> decision.getSubmissionHash().equals(entry.getSubmissionHash()))
                        .map(Decision::getReason)
                        .findFirst()
                        .orElse(Reason.UNRECOGNIZED))
                .map(reason -> reason == Reason.ACCEPTED)
                .toList();
    }

    private boolean window(Unit unit) {
        BoardEntry proposal = logs.parties().lists(unit).get(PartyId.P0).entry();
        if (disputed.isPresent()) {
            throw new AuditException(proposal, unit + " comes up, and batch " + nextBatch + " is not decided");
        }
        Optional<ClosedWindow> next = logs.clock().firstClosedFrom(nextWindow);
        if (next.isEmpty() || next.get().window() != unit.id()) {
            throw new AuditException(
                    proposal,
                    unit + " comes up, and by the ticks "
                            + next.map(closed -> "window " + closed.window()).orElse("none") + " is next");
        }
        List<Decision> inForce = admissions.inForce(unit.id());
        Optional<RootedManifest> window = manifest(unit, lists -> manifests.window(next.get(), inForce, lists));
        if (window.isEmpty() || !isSealed(unit, window.get())) {
            return false;
        }
        tally.passed(AuditReport.Check.BOOKS, inForce.size());
        admissions.windowSealed(unit.id());
        nextWindow = unit.id() + 1;
        return sealedWindow.test(unit, window.get());
    }

    /** Nothing while a list is missing. */
    private <M> Optional<M> manifest(Unit unit, Function<List<AcceptList>, M> function) {
        Map<PartyId, Posted<AcceptList>> posted = logs.parties().lists(unit);
        posted.values().forEach(this::requireHeads);
        if (posted.size() < PartyId.values().length) {
            return Optional.empty();
        }
        M manifest;
        try {
            manifest = function.apply(messages(unit));
        } catch (SealingException refused) {
            String place = refused.party()
                    .map(party -> posted.get(party).entry().place())
                    .orElse(unit.toString());
            throw new AuditException(place, refused.getMessage());
        }
        tally.passed(AuditReport.Check.ACCEPT_LISTS, posted.size());
        tally.passed(AuditReport.Check.MANIFESTS);
        return Optional.of(manifest);
    }

    private void requireHeads(Posted<AcceptList> list) {
        for (LogPosition position : list.message().getCut().getPositionsList()) {
            String log = position.getWriter();
            long records = position.getRecords();
            if (!terms.logs().contains(log)) {
                throw new AuditException(list.entry(), "its cut names a log that is not of this job");
            }
            if (records < 0 || records > board.size(log)) {
                throw new AuditException(
                        "record " + board.size(log) + " of " + log,
                        "is missing: " + list.entry().place() + " has seen " + records + " records");
            }
            if (!board.head(log, records).equals(position.getHead())) {
                throw new AuditException(
                        "record " + (records - 1) + " of " + log,
                        "or one before it is not what " + list.entry().place() + " has seen");
            }
        }
    }

    private boolean isSealed(Unit unit, RootedManifest rooted) {
        logs.parties().signatures(unit).values().forEach(signature -> {
            requireRoot(signature.entry(), unit, signature.message().getRoot(), rooted);
            tally.passed(AuditReport.Check.SEALS);
        });
        logs.parties().manifests(unit).values().forEach(manifest -> {
            if (!manifest.message().equals(rooted.manifest())) {
                throw new AuditException(manifest.entry(), "is not the manifest that follows from the lists");
            }
        });
        return logs.parties().signatures(unit).size() == PartyId.values().length;
    }

    private static void requireRoot(BoardEntry entry, Unit unit, ByteString root, RootedManifest rooted) {
        if (!root.equals(rooted.root())) {
            throw new AuditException(entry, "signs another manifest of " + unit + " than follows from the lists");
        }
    }
}
