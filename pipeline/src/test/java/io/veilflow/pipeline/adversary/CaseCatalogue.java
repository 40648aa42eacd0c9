package io.veilflow.pipeline.adversary;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.wire.GroupSigned;
import io.veilflow.pipeline.wire.NonceCommitments;
import io.veilflow.pipeline.wire.OutputAborted;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.SignatureShare;
import io.veilflow.pipeline.wire.WindowResult;
import io.veilflow.pipeline.wire.WindowsSkipped;
import java.util.ArrayList;
import java.util.List;

/** All cases there are: every place at which a party speaks, every change that means something there. */
final class CaseCatalogue {
    /** Changes that end an attempt; one of them, another one from place to place, is kept up over all attempts. */
    private static final List<Change> LASTING =
            List.of(Change.ADD_ONE, Change.FLIP_BIT, Change.DROP, Change.ADD_ONE, Change.ZERO);

    private static final Place RESULT = Place.record(Payload.newBuilder()
            .setWindowResult(WindowResult.getDefaultInstance())
            .build());
    private static final Place NONCES = Place.record(Payload.newBuilder()
            .setNonceCommitments(NonceCommitments.getDefaultInstance())
            .build());
    private static final Place SHARE = Place.record(Payload.newBuilder()
            .setSignatureShare(SignatureShare.getDefaultInstance())
            .build());
    private static final Place SIGNED = Place.record(Payload.newBuilder()
            .setGroupSigned(GroupSigned.getDefaultInstance())
            .build());
    private static final Place ABORTED = Place.record(Payload.newBuilder()
            .setOutputAborted(OutputAborted.getDefaultInstance())
            .build());
    private static final Place SKIPPED = Place.record(Payload.newBuilder()
            .setWindowsSkipped(WindowsSkipped.getDefaultInstance())
            .build());

    private CaseCatalogue() {}

    /**
     * Every change in the first attempt alone, for every place; and one that lasts over all attempts. What stands on the board is
     * said once for all attempts, but for lists that are disputed.
     *
     * @param places of the party, from an honest run
     */
    static List<Cheat> of(PartyId party, List<Place> places, long seed) {
        List<Cheat> cases = new ArrayList<>();
        for (int k = 0; k < places.size(); k++) {
            Place place = places.get(k);
            for (Change change : Change.values()) {
                if (change != Change.SPLIT || canSplit(party, place, places)) {
                    cases.add(new Cheat(
                            party, place, change, Cheat.Persistence.FIRST_ATTEMPT, seed * 1_000_003 + cases.size()));
                }
            }
            if (place.channel() != Place.Channel.BOARD || place.what().startsWith("ACCEPT_LIST")) {
                Change lasting = LASTING.get(k % LASTING.size());
                cases.add(new Cheat(
                        party, place, lasting, Cheat.Persistence.EVERY_ATTEMPT, seed * 1_000_003 + cases.size()));
            }
        }
        return cases;
    }

    /**
     * Cases of a job with a proof deadline that has passed: everything that is said of attested results, late proofs and skips, while
     * this party keeps proofs or openings from coming about; and wrong shares of the proof itself.
     */
    static List<Cheat> ofDeadline(PartyId party, long seed) {
        List<Cheat> cases = new ArrayList<>();
        for (Change change : Change.values()) {
            for (Place record : List.of(RESULT, NONCES, SHARE, SIGNED)) {
                cases.add(spoilt(party, record, change, Cheat.Spoiling.FIRST_PROOF, seed + cases.size()));
                cases.add(spoilt(party, record, change, Cheat.Spoiling.EVERY_PROOF, seed + cases.size()));
            }
            for (Place record : List.of(SKIPPED, NONCES, SHARE, SIGNED)) {
                cases.add(spoilt(party, record, change, Cheat.Spoiling.EVERY_ATTEMPT, seed + cases.size()));
            }
            cases.add(spoilt(party, ABORTED, change, Cheat.Spoiling.EVERY_OPENING, seed + cases.size()));
        }
        cases.addAll(of(party, List.of(Place.shareOfProof(party.next()), Place.shareOfProof(party.previous())), seed));
        return cases;
    }

    /** Where proofs fail once the record's first change meets the attested result; else every record is changed. */
    private static Cheat spoilt(PartyId party, Place place, Change change, Cheat.Spoiling spoiling, long seed) {
        Cheat.Persistence persistence = spoiling == Cheat.Spoiling.FIRST_PROOF
                ? Cheat.Persistence.FIRST_ATTEMPT
                : Cheat.Persistence.EVERY_ATTEMPT;
        return new Cheat(party, place, change, persistence, spoiling, seed);
    }

    /** On the board it is two records; between parties it takes two messages, counted once. */
    private static boolean canSplit(PartyId party, Place place, List<Place> places) {
        return place.to().isEmpty() || place.to().get() == party.next() && places.contains(place.toOther(party));
    }
}
