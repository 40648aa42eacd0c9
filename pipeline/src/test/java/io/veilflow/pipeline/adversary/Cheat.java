package io.veilflow.pipeline.adversary;

import io.veilflow.mpc.party.PartyId;

/**
 * One case of the harness: who cheats, where, how.
 *
 * @param persistence whether the next attempt is honest
 * @param spoiling what the party does besides, so that the window does not come to its end at once
 * @param seed of everything that is chosen in the change: which bit, which element
 */
record Cheat(PartyId party, Place place, Change change, Persistence persistence, Spoiling spoiling, long seed) {
    enum Persistence {
        FIRST_ATTEMPT,
        EVERY_ATTEMPT
    }

    /** What keeps a window open, by the cheater's doing. */
    enum Spoiling {
        NOTHING,
        /** The outputs are opened, and the first attempt comes to no proof, not even at the cheater. */
        FIRST_PROOF,
        /** The outputs are opened, and no attempt comes to a proof. */
        EVERY_PROOF,
        /** No attempt comes so far that anybody is ready to open the outputs. */
        EVERY_ATTEMPT,
        /** No attempt comes to an opening: where the cheater should be ready it says that it aborted. */
        EVERY_OPENING;

        /** Whether what is said or heard here in an attempt is spoilt. */
        boolean spoils(Place place, int attempt) {
            return switch (this) {
                case NOTHING, EVERY_OPENING -> false;
                case FIRST_PROOF -> attempt == 1 && place.isShareOfProof();
                case EVERY_PROOF -> place.isShareOfProof();
                case EVERY_ATTEMPT -> place.isFirstShareOfProof();
            };
        }
    }

    Cheat(PartyId party, Place place, Change change, Persistence persistence, long seed) {
        this(party, place, change, persistence, Spoiling.NOTHING, seed);
    }

    @Override
    public String toString() {
        String besides = spoiling == Spoiling.NOTHING ? "" : ", spoiling " + spoiling;
        return party + ": " + change + " at " + place + ", " + persistence + besides + ", seed " + seed;
    }
}
