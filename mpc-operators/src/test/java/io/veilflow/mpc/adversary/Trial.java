package io.veilflow.mpc.adversary;

import io.veilflow.mpc.party.PartyId;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** What the judge sees of one run besides results: the shares before they are verified, and who went on to open them. */
final class Trial {
    private final Attack attack;
    private final PartyId corrupted;
    private final PostingBoard board = new PostingBoard(this);
    private final AtomicReferenceArray<SharedVector> computed = new AtomicReferenceArray<>(3);
    private final AtomicReferenceArray<Boolean> opening = new AtomicReferenceArray<>(3);

    /** @param corrupted null if nobody is */
    Trial(Attack attack, PartyId corrupted) {
        this.attack = attack;
        this.corrupted = corrupted;
    }

    static Trial honest() {
        return new Trial(new Attack() {}, null);
    }

    Attack attack() {
        return attack;
    }

    boolean isCorrupted(PartyId party) {
        return party == corrupted;
    }

    PostingBoard board() {
        return board;
    }

    void computed(PartyId party, SharedVector shares) {
        computed.set(party.index(), shares.copy());
    }

    /** From here on the party sends its component. */
    void opens(PartyId party) {
        opening.set(party.index(), Boolean.TRUE);
    }

    boolean hasOpened(PartyId party) {
        return opening.get(party.index()) != null;
    }

    /** What the honest two hold together, whatever the corrupted one says; empty if one of them did not come so far. */
    Optional<long[]> heldByHonest() {
        SharedVector one = computed.get(corrupted.previous().index());
        SharedVector other = computed.get(corrupted.next().index());
        return one == null || other == null ? Optional.empty() : Optional.of(other.reconstruct(one));
    }
}
