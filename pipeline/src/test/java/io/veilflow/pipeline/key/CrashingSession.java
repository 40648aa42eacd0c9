package io.veilflow.pipeline.key;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Session;

/** A party's session that ends with a crash before its n-th message is sent or received. */
final class CrashingSession extends ForwardingSession {
    private int left;

    /** @param calls so many messages are sent or received before the crash */
    CrashingSession(Session whole, int calls) {
        super(whole);
        this.left = calls;
    }

    /** The machine is gone. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    void beforeSending(PartyId to, String label, byte[] payload) {
        count();
    }

    @Override
    void beforeReceiving() {
        count();
    }

    private void count() {
        if (left-- == 0) {
            throw new Crash();
        }
    }
}
