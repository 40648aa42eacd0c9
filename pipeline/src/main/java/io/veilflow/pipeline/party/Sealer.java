package io.veilflow.pipeline.party;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.journal.JournalEntry;
import io.veilflow.pipeline.window.RootedManifest;
import io.veilflow.pipeline.window.SealingException;
import io.veilflow.pipeline.wire.AcceptList;
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
 * <p>Rounds after 0 (a party gives up on a list that another never posted) are not here yet: then the job holds.
 */
final class Sealer {
    /** The only round in this version. */
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

    /** P0's list for a unit, if it is on the board. */
    Optional<AcceptList> proposed(UnitId unit) {
        logs.refresh();
        return logs.sealing().list(PartyId.P0, unit.kind(), unit.id(), ROUND);
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
        own.post(
                JournalEntry.Type.ACCEPT_LIST,
                unit,
                ROUND,
                list.toByteString(),
                Payload.newBuilder().setAcceptList(list).build());
        try {
            List<AcceptList> lists =
                    await("all accept lists of " + unit, () -> logs.sealing().lists(unit.kind(), unit.id(), ROUND));
            M agreed = manifest.apply(lists);
            sign(unit, rooted.apply(agreed));
            return agreed;
        } catch (SealingException refused) {
            throw new JobHeldException(unit + " cannot be sealed: " + refused.getMessage(), refused);
        }
    }

    private void sign(UnitId unit, RootedManifest rooted) {
        own.post(
                JournalEntry.Type.MANIFEST,
                unit,
                ROUND,
                rooted.manifest().toByteString(),
                Payload.newBuilder().setManifestSignature(rooted.signature()).build());
        await(
                "all signatures under " + unit,
                () -> logs.sealing().isSealed(rooted) ? Optional.of(rooted) : Optional.empty());
    }

    private <T> T await(String what, Supplier<Optional<T>> question) {
        return patience.await(longest, what, () -> {
            logs.refresh();
            return question.get();
        });
    }
}
