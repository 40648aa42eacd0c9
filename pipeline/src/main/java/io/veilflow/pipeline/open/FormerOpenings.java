package io.veilflow.pipeline.open;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.veilflow.mpc.fair.FairMessage;
import io.veilflow.mpc.fair.FairStatement;
import io.veilflow.mpc.field.FrVector;
import io.veilflow.mpc.field.NotCanonicalException;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.SessionContext;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.journal.Journal;
import io.veilflow.pipeline.journal.JournalEntry;
import io.veilflow.pipeline.sign.SigningBoard;
import io.veilflow.pipeline.wire.OutputReady;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.UnitKind;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a crash in the middle of an opening leaves (PROTOCOLS 4.3). This party was ready, and the others may have opened without it: then
 * the components on the board that match the hashes in its journalled READY are the outputs; each stands under a hash that both of its
 * holders gave, so it does not matter who posted it. Or it had not decided: then it decides not to open, if nobody can have learnt
 * anything in that attempt. Used by the driver's thread only.
 */
public final class FormerOpenings {
    private final JobTerms terms;
    private final PartyId self;
    private final Journal journal;
    private final SigningBoard board;
    private final BoardWriter own;
    private final Predicate<Payload> posted;
    private final OpeningDecisions decisions;
    private final Set<Attempt> undecided = new HashSet<>();

    private record Attempt(long window, int attempt) {}

    /**
     * @param own this party's log
     * @param posted whether a record stood in it when this party was started
     */
    public FormerOpenings(
            JobTerms terms,
            PartyId self,
            Journal journal,
            SigningBoard board,
            BoardWriter own,
            Predicate<Payload> posted,
            OpeningDecisions decisions) {
        this.terms = terms;
        this.self = self;
        this.journal = journal;
        this.board = board;
        this.own = own;
        this.posted = posted;
        this.decisions = decisions;
    }

    /** Takes up what this party journalled about a window before it was restarted. */
    public void recall(long window) {
        decisions.recall(journal, window);
        for (int attempt : journal.numbers(JournalEntry.Type.OUTPUT_ABORT, UnitKind.WINDOW, window)) {
            Payload aborted = new OpeningRecords(window, attempt).aborted();
            if (!posted.test(aborted)) {
                own.append(aborted);
            }
        }
        for (int attempt : decisions.undecidedIn(window)) {
            Payload ready =
                    Payload.newBuilder().setOutputReady(ready(window, attempt)).build();
            if (!isGoing(window, attempt)) {
                if (posted.test(ready)) {
                    undecided.add(new Attempt(window, attempt));
                } else {
                    abandon(window, attempt);
                }
            }
        }
    }

    /**
     * Decides not to open where a crash left that open, as soon as both others have signed that they did not: one of them is honest, so
     * the component that a cheater lacks was posted by nobody.
     */
    public void abandonUndecided(long window) {
        undecided.removeIf(open -> {
            boolean nobody = open.window == window
                    && board.hasAborted(self.next(), window, open.attempt)
                    && board.hasAborted(self.previous(), window, open.attempt);
            if (nobody) {
                abandon(window, open.attempt);
            }
            return nobody;
        });
    }

    private boolean isGoing(long window, int attempt) {
        return journal.numbers(JournalEntry.Type.OUTPUT_OPENING, UnitKind.WINDOW, window)
                .contains(attempt);
    }

    private void abandon(long window, int attempt) {
        OpeningRecords records = new OpeningRecords(window, attempt);
        new JournalledOpening(journal, own, decisions, records, window, attempt).aborted();
    }

    /** The outputs as this party would have opened them itself. */
    public record Opened(int attempt, ByteString outputs) {}

    /** The first attempt at a window of which all components are there. */
    public Optional<Opened> find(long window, ByteString manifestRoot) {
        return journal.numbers(JournalEntry.Type.OUTPUT_READY, UnitKind.WINDOW, window).stream()
                .flatMap(attempt -> outputs(window, manifestRoot, attempt).stream())
                .findFirst();
    }

    private Optional<Opened> outputs(long window, ByteString manifestRoot, int attempt) {
        List<FairMessage.Component> candidates = candidates(window, attempt);
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        OutputReady ready = ready(window, attempt);
        SessionContext session = new SessionContext(
                terms.jobId().toByteArray(),
                SessionContext.Kind.WINDOW,
                window,
                manifestRoot.toByteArray(),
                attempt,
                terms.ruleHash().toByteArray());
        FairStatement statement = FairStatement.of(ready.getEpoch().toByteArray(), session, WindowOpening.PATH);
        long[] sum = null;
        for (PartyId component : PartyId.values()) {
            byte[] hash = hash(ready, component.index());
            Optional<long[]> value = candidates.stream()
                    .filter(candidate -> MessageDigest.isEqual(hash, statement.hash(component.index(), candidate)))
                    .findFirst()
                    .flatMap(FormerOpenings::elements);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            sum = sum == null ? value.get() : PrimeField.FR.add(sum, value.get());
        }
        return Optional.of(new Opened(attempt, ByteString.copyFrom(FrVector.encode(sum))));
    }

    private List<FairMessage.Component> candidates(long window, int attempt) {
        OpeningRecords records = new OpeningRecords(window, attempt);
        List<FairMessage.Component> candidates = new ArrayList<>();
        board.openings(window, attempt).stream()
                .flatMap(opening -> records.opened(opening).stream())
                .forEach(opened -> {
                    candidates.add(opened.own());
                    candidates.add(opened.next());
                });
        return candidates;
    }

    private OutputReady ready(long window, int attempt) {
        ByteString journalled = journal.content(JournalEntry.Type.OUTPUT_READY, UnitKind.WINDOW, window, attempt)
                .orElseThrow();
        try {
            return OutputReady.parseFrom(journalled);
        } catch (InvalidProtocolBufferException malformed) {
            throw new IllegalStateException("a READY was journalled that is none", malformed);
        }
    }

    private static byte[] hash(OutputReady ready, int component) {
        int from = component * FairStatement.HASH_BYTES;
        return Arrays.copyOfRange(ready.getHashes().toByteArray(), from, from + FairStatement.HASH_BYTES);
    }

    /** What both holders hashed was canonical at one honest holder at least. */
    private static Optional<long[]> elements(FairMessage.Component component) {
        try {
            return Optional.of(PrimeField.FR.decode(component.value()));
        } catch (NotCanonicalException malformed) {
            return Optional.empty();
        }
    }
}
