package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Session;
import io.veilflow.pipeline.admit.BookStore;
import io.veilflow.pipeline.admit.CheckOutcome;
import io.veilflow.pipeline.admit.ComponentForwarding;
import io.veilflow.pipeline.admit.ForwardedSeal;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.journal.JournalEntry;
import io.veilflow.pipeline.window.Dispute;
import io.veilflow.pipeline.window.Disputes;
import io.veilflow.pipeline.window.SealingException;
import io.veilflow.pipeline.wire.AcceptList;
import io.veilflow.pipeline.wire.Decision;
import io.veilflow.pipeline.wire.ForwardedBook;
import io.veilflow.pipeline.wire.ForwardedBooks;
import io.veilflow.pipeline.wire.Reason;
import io.veilflow.pipeline.wire.UnitKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The second round of a batch in which one party alone refused a submission (PROTOCOLS 4.1): in a session of its own the other
 * holders forward the party's components to it, and it lists again what it can accept now. Only when a list names such a reason.
 */
final class DisputeStep {
    private static final Logger LOG = LoggerFactory.getLogger(DisputeStep.class);

    private final JobTerms terms;
    private final Intake intake;
    private final Openings openings;
    private final BookStore books;
    private final Sealer sealer;
    private final AttemptLoop attempts;
    private final PartyLogs logs;
    private final JournalledLog journal;
    private final ForwardedSeal seal;

    DisputeStep(
            JobTerms terms,
            Intake intake,
            Openings openings,
            BookStore books,
            Sealer sealer,
            AttemptLoop attempts,
            PartyLogs logs,
            JournalledLog journal,
            ForwardedSeal seal) {
        this.terms = terms;
        this.intake = intake;
        this.openings = openings;
        this.books = books;
        this.sealer = sealer;
        this.attempts = attempts;
        this.logs = logs;
        this.journal = journal;
        this.seal = seal;
    }

    /** What this party can accept now, as the journal keeps it. Nothing is opened, so all attempts come to the same. */
    private record Settled(ForwardedBooks books) implements AttemptResult {
        private Set<ByteString> submissions() {
            return books.getBooksList().stream()
                    .map(ForwardedBook::getSubmissionHash)
                    .collect(Collectors.toSet());
        }

        @Override
        public ByteString outputs() {
            return ByteString.EMPTY;
        }
    }

    /**
     * @param own this party's list of the first round
     * @param lists all three of it
     * @param disputes that follow from them, at least one
     * @return the lists of the second round
     * @throws JobHeldException if the lists do not come in time, or one changes more than its party's own disputes
     */
    List<AcceptList> settle(UnitId unit, AcceptList own, List<AcceptList> lists, List<Dispute> disputes) {
        Settled settled = attempts.run(
                unit,
                Disputes.root(lists),
                () -> committed(unit),
                memory(unit, disputes),
                session -> forward(session, disputes));
        LOG.info(
                "{}: {} disputed, {} of them settled at this party",
                unit,
                disputes.size(),
                settled.submissions().size());
        List<AcceptList> again = sealer.exchange(unit, Disputes.again(own, settled.submissions()));
        try {
            Disputes.requireContinues(lists, again, disputes);
        } catch (SealingException refused) {
            throw new JobHeldException(unit + " cannot be sealed: " + refused.getMessage(), refused);
        }
        return again;
    }

    private AttemptMemory<Settled> memory(UnitId unit, List<Dispute> disputes) {
        return new AttemptMemory<>() {
            @Override
            public Optional<Settled> recall() {
                Optional<Settled> settled =
                        journal.first(JournalEntry.Type.FORWARDED, unit).map(DisputeStep::read);
                settled.ifPresent(known -> reopen(known.books(), disputes));
                return settled;
            }

            @Override
            public void keep(Settled settled, int attempt) {
                journal.note(
                        JournalEntry.Type.FORWARDED,
                        unit,
                        attempt,
                        settled.books().toByteString());
            }

            @Override
            public Settled learn() {
                throw new JobHeldException(unit + ": what was forwarded was in a journal that this party no longer has,"
                        + " and it is nowhere else");
            }
        };
    }

    private static Settled read(ByteString journalled) {
        try {
            return new Settled(ForwardedBooks.parseFrom(journalled));
        } catch (InvalidProtocolBufferException malformed) {
            throw new IllegalStateException("forwarded components were journalled that are none", malformed);
        }
    }

    /** After a restart: what was forwarded is in the journal and nowhere else. */
    private void reopen(ForwardedBooks known, List<Dispute> disputes) {
        for (ForwardedBook book : known.getBooksList()) {
            CheckOutcome.Submitted submitted = disputes.stream()
                    .map(dispute -> submitted(dispute.decision()))
                    .filter(disputed -> disputed.entry().recordHash().equals(book.getSubmissionHash()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("forwarded components of no disputed submission"));
            ComponentForwarding.Forwarded forwarded = seal.open(book.getSubmissionHash(), book.getComponents())
                    .orElseThrow(() -> new JobHeldException(
                            submitted.entry().place() + ": forwarded components are not for this party's key"));
            openings.openForwarded(submitted, forwarded);
            wipe(forwarded);
        }
    }

    private Settled forward(Session session, List<Dispute> disputes) {
        List<ComponentForwarding.Forwarded> received = new ComponentForwarding(session)
                .run(disputes.stream().map(this::claim).toList());
        List<Dispute> own = disputes.stream()
                .filter(dispute -> dispute.refuser() == session.self())
                .toList();
        ForwardedBooks.Builder settled = ForwardedBooks.newBuilder();
        for (int k = 0; k < own.size(); k++) {
            CheckOutcome.Submitted submitted = submitted(own.get(k).decision());
            ByteString hash = submitted.entry().recordHash();
            Reason reason = openings.openForwarded(submitted, received.get(k));
            if (reason == Reason.ACCEPTED) {
                settled.addBooks(ForwardedBook.newBuilder()
                        .setSubmissionHash(hash)
                        .setComponents(seal.seal(hash, received.get(k))));
            } else {
                LOG.warn("{} stays disputed: {}", submitted.entry().place(), reason);
            }
            wipe(received.get(k));
        }
        return new Settled(settled.build());
    }

    private static void wipe(ComponentForwarding.Forwarded forwarded) {
        Arrays.fill(forwarded.own(), (byte) 0);
        Arrays.fill(forwarded.next(), (byte) 0);
    }

    private ComponentForwarding.Claim claim(Dispute dispute) {
        Decision decision = dispute.decision();
        openings.await(decision.getSubmissionHash());
        int wires = terms.wires(terms.contributor(decision.getContributor()).orElseThrow());
        return new ComponentForwarding.Claim(dispute.refuser(), wires, books.waiting(decision.getSubmissionHash()));
    }

    private CheckOutcome.Submitted submitted(Decision decision) {
        return (CheckOutcome.Submitted) intake.outcome(decision.getContributor(), decision.getRecord());
    }

    /** P0 lists again when all three have what was forwarded. */
    private boolean committed(UnitId unit) {
        logs.refresh();
        return logs.sealing()
                .list(PartyId.P0, UnitKind.BATCH, unit.id(), Disputes.ROUND)
                .isPresent();
    }
}
