package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.field.FrVector;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.Session;
import io.veilflow.pipeline.admit.BookStore;
import io.veilflow.pipeline.admit.OpenedBook;
import io.veilflow.pipeline.evaluate.SharedReading;
import io.veilflow.pipeline.job.ChainBinding;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.journal.Journal;
import io.veilflow.pipeline.journal.JournalEntry;
import io.veilflow.pipeline.open.FormerOpenings;
import io.veilflow.pipeline.open.OutputOpener;
import io.veilflow.pipeline.prove.ProvenWindow;
import io.veilflow.pipeline.prove.WindowBook;
import io.veilflow.pipeline.window.ClosedWindow;
import io.veilflow.pipeline.window.RootedManifest;
import io.veilflow.pipeline.window.SlotUse;
import io.veilflow.pipeline.wire.ManifestEntry;
import io.veilflow.pipeline.wire.UnitKind;
import io.veilflow.zk.commitment.G1Point;
import io.veilflow.zk.field.ScalarField;
import io.veilflow.zk.rule.PublicValues;
import io.veilflow.zk.rule.RuleException;
import io.veilflow.zk.rule.UsedSlots;
import io.veilflow.zk.statement.ContextHash;
import io.veilflow.zk.statement.Statement;
import io.veilflow.zk.verify.Proof;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What one attempt at a sealed window does in its session (DESIGN section 2, steps 4 to 7): assembles this party's shares of
 * the books in the manifest, reads the rule on them, proves, opens the outputs between the two halves of the proof, and
 * verifies. The shares of the attempt are wiped when it ends, well or not.
 *
 * <p><b>Security</b>: of the job's profile; see {@link ProtocolEngine}.
 */
final class WindowSession {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final JobTerms terms;
    private final BookStore books;
    private final PartyEngine engine;
    private final OutputOpener opener;
    private final Journal journal;
    private final PartyClock clock;
    private final Progress progress;

    WindowSession(
            JobTerms terms,
            BookStore books,
            PartyEngine engine,
            OutputOpener opener,
            Journal journal,
            PartyClock clock,
            Progress progress) {
        this.terms = terms;
        this.books = books;
        this.engine = engine;
        this.opener = opener;
        this.journal = journal;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * @param rooted sealed
     * @param opened is given the outputs as soon as they are opened, before they are proven
     * @throws ProtocolAbortException CHECK_FAILED if the proof does not hold; and whatever ends the session
     */
    ComputedResult run(Session session, RootedManifest rooted, ClosedWindow closed, Consumer<ComputedResult> opened) {
        List<BigInteger> publicInputs = terms.publicInputs(closed.feedValues());
        UsedSlots used = SlotUse.of(terms, rooted.manifest());
        G1Point expected = commitment(rooted);
        progress.stage(PartyStage.EVALUATE);
        long begin = clock.nanos();
        try (WindowBook book = WindowBook.of(terms.rule(), booksOf(rooted));
                SharedReading reading = engine.evaluate(session, book, publicInputs, used)) {
            long evaluated = clock.nanos();
            progress.stage(PartyStage.PROVE);
            ContextHash context = context(rooted, closed);
            OutputOpener opening = (run, outputs) -> {
                long[] values = open(run, outputs);
                result(context, values, publicInputs, used, expected).ifPresent(opened);
                return values;
            };
            ProvenWindow proven = engine.prove(
                    session, new PartyEngine.Sealed(context, publicInputs, used, expected), book, reading, opening);
            requireHolds(proven, expected);
            progress.stage(PartyStage.SIGN);
            return ComputedResult.proven(
                    proven,
                    terms.rule().publicWords().variableWords(),
                    (evaluated - begin) / NANOS_PER_MILLI,
                    (clock.nanos() - evaluated) / NANOS_PER_MILLI);
        }
    }

    /** What was opened once is what every later attempt must come to, also if the first one failed after it. */
    private long[] open(Session session, ElementShares outputs) {
        long[] opened = opener.open(session, outputs);
        keep(session.context().id(), session.context().attempt(), ByteString.copyFrom(FrVector.encode(opened)));
        return opened;
    }

    private void keep(long window, int attempt, ByteString outputs) {
        UnitKind kind = UnitKind.WINDOW;
        journal.append(new JournalEntry(JournalEntry.Type.OUTPUTS, kind, window, attempt, outputs));
        if (!journal.outputs(kind, window).filter(outputs::equals).isPresent()) {
            throw new JobHeldException("two attempts at window " + window + " opened different outputs");
        }
    }

    /**
     * What this party knows of a window that was opened before it was restarted, by itself or, after its READY, by the others.
     *
     * @param others what they opened
     * @return the result, not proven; empty if nothing is known, or as for outputs that no honest computation comes to
     */
    Optional<ComputedResult> former(RootedManifest rooted, ClosedWindow closed, FormerOpenings others) {
        long window = closed.window();
        Optional<ByteString> outputs = journal.outputs(UnitKind.WINDOW, window);
        if (outputs.isEmpty()) {
            outputs = others.find(window, rooted.root()).map(found -> {
                keep(window, found.attempt(), found.outputs());
                return found.outputs();
            });
        }
        return outputs.flatMap(bytes -> result(
                context(rooted, closed),
                FrVector.decode(bytes.toByteArray()),
                terms.publicInputs(closed.feedValues()),
                SlotUse.of(terms, rooted.manifest()),
                commitment(rooted)));
    }

    /** Empty for outputs outside their intervals, which no honest computation comes to: the attempt fails of them. */
    private Optional<ComputedResult> result(
            ContextHash context, long[] outputs, List<BigInteger> publicInputs, UsedSlots used, G1Point commitment) {
        PublicValues values = new PublicValues(numbers(outputs), publicInputs, used);
        try {
            return Optional.of(ComputedResult.opened(
                    Statement.of(terms.rule(), context, values),
                    values,
                    terms.rule().publicWords().variableWords(),
                    ByteString.copyFrom(commitment.bytes())));
        } catch (RuleException outside) {
            return Optional.empty();
        }
    }

    private static List<BigInteger> numbers(long[] outputs) {
        byte[] bytes = FrVector.encode(outputs);
        List<BigInteger> numbers = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += ScalarField.BYTES) {
            numbers.add(ScalarField.decode(Arrays.copyOfRange(bytes, at, at + ScalarField.BYTES)));
        }
        return numbers;
    }

    /**
     * A proof that another party states for what this party has opened, in an attempt that did not end well here.
     *
     * @return the result with this proof; empty unless the proof holds
     */
    Optional<ComputedResult> withProof(RootedManifest rooted, ComputedResult opened, ByteString proof) {
        if (proof.size() != Proof.bytesWith(1) && proof.size() != Proof.bytesWith(2)) {
            return Optional.empty();
        }
        boolean holds = engine.holds(opened.statement(), Proof.of(proof.toByteArray()), commitment(rooted));
        return holds ? Optional.of(opened.with(proof, 0, 0)) : Optional.empty();
    }

    /** D: the sum of all commitments in the manifest. */
    private static G1Point commitment(RootedManifest rooted) {
        return G1Point.sum(rooted.manifest().getEntriesList().stream()
                .flatMap(entry -> entry.getCommitmentsList().stream())
                .map(point -> G1Point.of(point.toByteArray()))
                .toList());
    }

    private List<OpenedBook> booksOf(RootedManifest rooted) {
        return rooted.manifest().getEntriesList().stream().map(this::book).toList();
    }

    private OpenedBook book(ManifestEntry entry) {
        return books.inForce(entry.getContributor())
                .filter(book -> book.submissionHash().equals(entry.getSubmissionHash()))
                .orElseThrow(() -> new IllegalStateException(
                        "the book of " + entry.getContributor() + " in the manifest is not the one at hand"));
    }

    private ContextHash context(RootedManifest rooted, ClosedWindow closed) {
        ChainBinding chain = terms.definition().chain();
        return ContextHash.of(
                chain.chainId(),
                chain.registry().toByteArray(),
                terms.jobId().toByteArray(),
                closed.window(),
                rooted.root().toByteArray());
    }

    private void requireHolds(ProvenWindow proven, G1Point expected) {
        if (!engine.holds(proven.statement(), proven.proof(), expected)) {
            throw new ProtocolAbortException(ProtocolAbortException.Reason.CHECK_FAILED, null, "proof of the window");
        }
    }
}
