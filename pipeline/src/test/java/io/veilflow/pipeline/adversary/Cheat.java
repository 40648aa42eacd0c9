package io.veilflow.pipeline.adversary;

import io.veilflow.mpc.party.PartyId;

/**
 * One case of the harness: who cheats, where, how.
 *
 * @param persistence whether the next attempt is honest
 * @param seed of everything that is chosen in the change: which bit, which element
 */
record Cheat(PartyId party, Place place, Change change, Persistence persistence, long seed) {
    enum Persistence {
        FIRST_ATTEMPT,
        EVERY_ATTEMPT
    }

    @Override
    public String toString() {
        return party + ": " + change + " at " + place + ", " + persistence + ", seed " + seed;
    }
}
