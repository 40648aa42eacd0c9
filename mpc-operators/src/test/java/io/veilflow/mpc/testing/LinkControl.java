package io.veilflow.mpc.testing;

import io.veilflow.mpc.party.PartyId;

/** What a corrupted party can do to its own links besides sending. */
@FunctionalInterface
public interface LinkControl {
    /** Whatever the party sends to this peer from now on arrives late. */
    void hold(PartyId to, Hold hold);
}
