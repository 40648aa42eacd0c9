package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Session;
import io.veilflow.pipeline.admit.BookStore;
import io.veilflow.pipeline.admit.CheckOutcome;
import io.veilflow.pipeline.admit.OpenedBook;
import io.veilflow.pipeline.admit.RangeCheck;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.journal.JournalEntry;
import io.veilflow.pipeline.window.AcceptLists;
import io.veilflow.pipeline.window.Admissions;
import io.veilflow.pipeline.window.BatchManifest;
import io.veilflow.pipeline.window.Dispute;
import io.veilflow.pipeline.window.Manifests;
import io.veilflow.pipeline.wire.AcceptList;
import io.veilflow.pipeline.wire.BatchOutcome;
import io.veilflow.pipeline.wire.Cut;
import io.veilflow.pipeline.wire.Decision;
import io.veilflow.pipeline.wire.ManifestEntry;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One admission batch: which of the submissions since the last batch become books (DESIGN section 2, step 2; PROTOCOLS 10.2).
 * Anyone's checks and this party's own opening go into its accept list; what one party alone cannot open gets a second round ({@link
 * DisputeStep}); what all three accept is range-checked in a session;
 * the outcome names every submission that does not count, with its reason.
 */
final class BatchUnit {
    private final JobTerms terms;
    private final Intake intake;
    private final Openings openings;
    private final BookStore books;
    private final Admissions admissions;
    private final Manifests manifests;
    private final Sealer sealer;
    private final DisputeStep disputes;
    private final PartyEngine engine;
    private final AttemptLoop attempts;
    private final JournalledLog own;
    private final PartyLogs logs;

    BatchUnit(
            JobTerms terms,
            Intake intake,
            Openings openings,
            BookStore books,
            Admissions admissions,
            Manifests manifests,
            Sealer sealer,
            DisputeStep disputes,
            PartyEngine engine,
            AttemptLoop attempts,
            JournalledLog own,
            PartyLogs logs) {
        this.terms = terms;
        this.intake = intake;
        this.openings = openings;
        this.books = books;
        this.admissions = admissions;
        this.manifests = manifests;
        this.sealer = sealer;
        this.disputes = disputes;
        this.engine = engine;
        this.attempts = attempts;
        this.own = own;
        this.logs = logs;
    }

    /** What a batch came to. Disputes: those that the second round has not settled either. */
    record Outcome(List<Decision> decisions, List<Dispute> disputes) {}

    /** The opened bits of the range check, in manifest order. */
    private record Bits(List<Boolean> inRange) implements AttemptResult {
        private static Bits read(ByteString outputs) {
            return new Bits(IntStream.range(0, outputs.size())
                    .mapToObj(i -> outputs.byteAt(i) == 1)
                    .toList());
        }

        @Override
        public ByteString outputs() {
            byte[] bits = new byte[inRange.size()];
            for (int i = 0; i < bits.length; i++) {
                bits[i] = (byte) (inRange.get(i) ? 1 : 0);
            }
            return ByteString.copyFrom(bits);
        }
    }

    /**
     * @param cut how far this party has read, or P0 proposes
     * @throws JobHeldException if it cannot be decided
     */
    Outcome run(long id, Cut cut) {
        UnitId unit = UnitId.batch(id);
        AcceptList list = sealer.list(
                unit, Sealer.ROUND, () -> AcceptLists.of(unit.kind(), id, Sealer.ROUND, cut, decisions(cut)));
        List<AcceptList> lists = sealer.exchange(unit, list);
        BatchManifest batch = sealer.agree(unit, lists, this::manifest);
        if (!batch.disputes().isEmpty()) {
            batch = sealer.agree(unit, disputes.settle(unit, list, lists, batch.disputes()), this::manifest);
        }
        sealer.sign(unit, batch.rooted());
        List<Boolean> inRange = batch.rooted().manifest().getEntriesCount() == 0 ? List.of() : check(unit, batch);
        List<Decision> decided = batch.outcome(inRange);
        post(unit, batch, decided);
        apply(batch, decided);
        return new Outcome(decided, batch.disputes());
    }

    private BatchManifest manifest(List<AcceptList> lists) {
        return manifests.batch(admissions.decidedUpTo(), lists);
    }

    private List<Decision> decisions(Cut cut) {
        List<Decision> decisions = new ArrayList<>();
        for (CheckOutcome outcome : intake.between(admissions.decidedUpTo(), cut)) {
            decisions.add(
                    outcome instanceof CheckOutcome.Submitted submitted
                            ? outcome.decision(openings.reason(submitted))
                            : outcome.decision());
        }
        return decisions;
    }

    private List<Boolean> check(UnitId unit, BatchManifest batch) {
        List<ManifestEntry> entries = batch.rooted().manifest().getEntriesList();
        Bits bits = attempts.run(
                unit,
                batch.rooted().root(),
                () -> committed(unit),
                memory(unit, entries),
                session -> rangeCheck(session, entries));
        return bits.inRange();
    }

    private AttemptMemory<Bits> memory(UnitId unit, List<ManifestEntry> entries) {
        return new AttemptMemory<>() {
            @Override
            public Optional<Bits> recall() {
                return own.outputs(unit).map(Bits::read).or(() -> decided(unit, entries));
            }

            @Override
            public void keep(Bits bits, int attempt) {
                own.note(JournalEntry.Type.OUTPUTS, unit, attempt, bits.outputs());
            }

            @Override
            public Bits learn() {
                return opened(sealer.awaitOutcome(unit), entries);
            }
        };
    }

    /** A journal that was built again knows what was decided. */
    private Optional<Bits> decided(UnitId unit, List<ManifestEntry> entries) {
        return own.journalled(JournalEntry.Type.BATCH_OUTCOME, unit, Sealer.ROUND)
                .map(BatchUnit::read)
                .map(outcome -> opened(outcome, entries));
    }

    /** What was decided says which bits were opened. */
    private static Bits opened(BatchOutcome outcome, List<ManifestEntry> entries) {
        Set<ByteString> accepted = outcome.getDecisionsList().stream()
                .filter(decision -> decision.getReason() == Reason.ACCEPTED)
                .map(Decision::getSubmissionHash)
                .collect(Collectors.toSet());
        return new Bits(entries.stream()
                .map(entry -> accepted.contains(entry.getSubmissionHash()))
                .toList());
    }

    private static BatchOutcome read(ByteString journalled) {
        try {
            return BatchOutcome.parseFrom(journalled);
        } catch (InvalidProtocolBufferException malformed) {
            throw new IllegalStateException("an outcome was journalled that is none", malformed);
        }
    }

    private Bits rangeCheck(Session session, List<ManifestEntry> entries) {
        boolean[] inRange =
                engine.rangeCheck(session, entries.stream().map(this::candidate).toList());
        return new Bits(
                IntStream.range(0, inRange.length).mapToObj(i -> inRange[i]).toList());
    }

    private RangeCheck.Candidate candidate(ManifestEntry entry) {
        openings.await(entry.getSubmissionHash());
        OpenedBook book = books.waiting(entry.getSubmissionHash())
                .orElseThrow(() -> new IllegalStateException("an accepted submission is not open at this party"));
        return new RangeCheck.Candidate(
                book.numbers(),
                terms.fields(terms.contributor(entry.getContributor()).orElseThrow()));
    }

    private boolean committed(UnitId unit) {
        logs.refresh();
        return logs.batchOutcome(PartyId.P0, unit.id()).isPresent();
    }

    private void post(UnitId unit, BatchManifest batch, List<Decision> decided) {
        BatchOutcome outcome = BatchOutcome.newBuilder()
                .setId(unit.id())
                .setManifestRoot(batch.rooted().root())
                .addAllDecisions(decided)
                .build();
        logs.batchOutcome(PartyId.P0, unit.id())
                .filter(of -> !of.equals(outcome))
                .ifPresent(other -> {
                    throw new JobHeldException("P0 posted another outcome of " + unit + " than this party's");
                });
        own.post(
                JournalEntry.Type.BATCH_OUTCOME,
                unit,
                Sealer.ROUND,
                outcome.toByteString(),
                Payload.newBuilder().setBatchOutcome(outcome).build());
    }

    private void apply(BatchManifest batch, List<Decision> decided) {
        for (Decision decision : decided) {
            CheckOutcome outcome = intake.outcome(decision.getContributor(), decision.getRecord());
            openings.await(decision.getSubmissionHash());
            if (decision.getReason() != Reason.ACCEPTED) {
                books.discard(decision.getSubmissionHash());
            } else if (outcome instanceof CheckOutcome.Withdrawn) {
                books.withdraw(decision.getContributor());
            } else if (own.mayCount(decision.getContributor(), decision.getRecord())) {
                books.admit(decision.getSubmissionHash());
            } else {
                books.discard(decision.getSubmissionHash());
            }
            openings.forget(decision.getSubmissionHash());
        }
        admissions.apply(batch.rooted().manifest().getHeader().getCut(), decided);
    }
}
