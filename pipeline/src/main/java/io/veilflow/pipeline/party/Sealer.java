package io.veilflow.pipeline.party;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.veilflow.pipeline.journal.JournalEntry;
import io.veilflow.pipeline.window.RootedManifest;
import io.veilflow.pipeline.window.SealingException;
import io.veilflow.pipeline.wire.AcceptList;
import io.veilflow.pipeline.wire.BatchOutcome;
import io.veilflow.pipeline.wire.End;
import io.veilflow.pipeline.wire.Payload;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The two steps by which three parties agree on a unit (DESIGN section 7): each posts its accept list, never a second one; each
 * works out the manifest that follows from all three and signs its root. Three equal signatures seal it.
 *
 * <p>A batch with disputes has lists twice ({@link DisputeStep}). Rounds in which parties give up on a list that another never posted
 * are not here: then the job holds.
 */
final class Sealer {
    /** The first round, and of windows the only one. */
    static final int ROUND = 0;

    private final PartyLogs logs;
    private final JournalledLog own;
    private final Patience patience;
    private final Duration longest;

    Sealer(PartyLogs logs, JournalledLog own, Patience patience, Duration longest) {
        this.logs = logs;
        this.own = own;
        this.patience = patience;
        this.longest = longest;
    }

    /** P0's list for its k-th unit, if it is on the board. */
    Optional<AcceptList> proposal(int k) {
        logs.refresh();
        return logs.proposal(k);
    }

    /** Whether P0 has said that no further unit follows: on the board, so that whoever was away then hears it too. */
    boolean haveUnitsEnded() {
        logs.refresh();
        return logs.haveEnded();
    }

    /** Says so; P0 only. */
    void endUnits() {
        own.publish(Payload.newBuilder().setEnd(End.getDefaultInstance()).build());
    }

    /** What was signed for a unit is not asked for again. */
    void unitEnded(UnitId unit) {
        logs.unitEnded(unit);
    }

    /**
     * This party's list of a unit: the one that it journalled before a restart, or the one that it makes now. A list that is
     * journalled is never made again.
     */
    AcceptList list(UnitId unit, int round, Supplier<AcceptList> made) {
        return own.journalled(JournalEntry.Type.ACCEPT_LIST, unit, round)
                .map(Sealer::read)
                .orElseGet(made);
    }

    /**
     * Posts this party's list, waits for the others', and seals the manifest that follows from the three.
     *
     * @param manifest pure function of the lists
     * @param rooted the part of it that is signed
     * @throws JobHeldException if lists or signatures do not come in time, contradict each other, or the board forks
     */
    <M> M seal(
            UnitId unit, AcceptList list, Function<List<AcceptList>, M> manifest, Function<M, RootedManifest> rooted) {
        M agreed = agree(unit, exchange(unit, list), manifest);
        sign(unit, rooted.apply(agreed));
        return agreed;
    }

    /**
     * Posts this party's list of a round and waits for the others'.
     *
     * @throws JobHeldException if they do not come in time or contradict what the same party posted before
     */
    List<AcceptList> exchange(UnitId unit, AcceptList list) {
        own.post(
                JournalEntry.Type.ACCEPT_LIST,
                unit,
                list.getRound(),
                list.toByteString(),
                Payload.newBuilder().setAcceptList(list).build());
        return await(
                "all accept lists of " + unit, () -> logs.sealing().lists(unit.kind(), unit.id(), list.getRound()));
    }

    /**
     * What follows from three lists.
     *
     * @throws JobHeldException if nothing does
     */
    <M> M agree(UnitId unit, List<AcceptList> lists, Function<List<AcceptList>, M> manifest) {
        try {
            return manifest.apply(lists);
        } catch (SealingException refused) {
            throw notSealed(unit, refused);
        }
    }

    /**
     * Signs the manifest that follows from the lists, and waits for the others' signatures. The journal keeps the manifest; one that was built
     * again has its root.
     *
     * @throws JobHeldException if they do not come in time or are under something else
     */
    void sign(UnitId unit, RootedManifest rooted) {
        int round = rooted.manifest().getHeader().getRound();
        ByteString kept = own.journalled(JournalEntry.Type.MANIFEST, unit, round)
                .filter(rooted.root()::equals)
                .orElse(rooted.manifest().toByteString());
        own.post(
                JournalEntry.Type.MANIFEST,
                unit,
                round,
                kept,
                Payload.newBuilder().setManifestSignature(rooted.signature()).build());
        try {
            await(
                    "all signatures under " + unit,
                    () -> logs.sealing().isSealed(rooted) ? Optional.of(rooted) : Optional.empty());
        } catch (SealingException refused) {
            throw notSealed(unit, refused);
        }
    }

    /**
     * What came of a batch that P0 has committed, from the two who saw it through.
     *
     * @throws JobHeldException if they do not both say so in time
     */
    BatchOutcome awaitOutcome(UnitId unit) {
        return await("the outcome of " + unit + " from two parties", () -> logs.agreedOutcome(unit.id()));
    }

    /** A list that was journalled and, because of a crash, not posted stands before everything that this party decides now. */
    void postWhatIsJournalled() {
        own.last(JournalEntry.Type.ACCEPT_LIST)
                .map(entry -> read(entry.content()))
                .ifPresent(list ->
                        own.complete(Payload.newBuilder().setAcceptList(list).build()));
    }

    private static AcceptList read(ByteString journalled) {
        try {
            return AcceptList.parseFrom(journalled);
        } catch (InvalidProtocolBufferException malformed) {
            throw new IllegalStateException("an accept list was journalled that is none", malformed);
        }
    }

    private static JobHeldException notSealed(UnitId unit, SealingException refused) {
        return new JobHeldException(unit + " cannot be sealed: " + refused.getMessage(), refused);
    }

    private <T> T await(String what, Supplier<Optional<T>> question) {
        return patience.await(longest, what, () -> {
            logs.refresh();
            return question.get();
        });
    }
}
