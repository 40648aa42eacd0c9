package io.veilflow.pipeline.adversary;

import io.veilflow.mpc.party.PartyId;
import java.util.ArrayList;
import java.util.List;

/** All cases there are: every place at which a party speaks, every change that means something there. */
final class CaseCatalogue {
    /** Changes that end an attempt; one of them, another one from place to place, is kept up over all attempts. */
    private static final List<Change> LASTING =
            List.of(Change.ADD_ONE, Change.FLIP_BIT, Change.DROP, Change.ADD_ONE, Change.ZERO);

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

    /** On the board it is two records; between parties it takes two messages, counted once. */
    private static boolean canSplit(PartyId party, Place place, List<Place> places) {
        return place.to().isEmpty() || place.to().get() == party.next() && places.contains(place.toOther(party));
    }
}
