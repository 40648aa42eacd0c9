package io.veilflow.pipeline.key;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Session;

/** A cheater's session: to the party before it, it says that it was started with another task. */
final class TwoFacedSession extends ForwardingSession {
    TwoFacedSession(Session whole) {
        super(whole);
    }

    @Override
    void beforeSending(PartyId to, String label, byte[] payload) {
        if (label.equals("standing") && to == self().previous()) {
            payload[0] = (byte) CeremonyTask.create().code();
        }
    }

    @Override
    void beforeReceiving() {}
}
