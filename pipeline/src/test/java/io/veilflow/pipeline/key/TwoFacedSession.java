package io.veilflow.pipeline.key;

import io.veilflow.mpc.ledger.Ledger;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssStream;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.session.SessionContext;

/** A cheater's session: to the party before it, it says that it was started with another task. */
final class TwoFacedSession implements Session {
    private final Session whole;

    TwoFacedSession(Session whole) {
        this.whole = whole;
    }

    @Override
    public PartyId self() {
        return whole.self();
    }

    @Override
    public SessionContext context() {
        return whole.context();
    }

    @Override
    public Profile profile() {
        return whole.profile();
    }

    @Override
    public Operation operation(String path) {
        return new Lying(whole.operation(path));
    }

    @Override
    public void close() {
        whole.close();
    }

    private final class Lying implements Operation {
        private final Operation whole;

        Lying(Operation whole) {
            this.whole = whole;
        }

        @Override
        public PartyId self() {
            return whole.self();
        }

        @Override
        public String path() {
            return whole.path();
        }

        @Override
        public Profile profile() {
            return whole.profile();
        }

        @Override
        public Ledger ledger() {
            return whole.ledger();
        }

        @Override
        public byte[] epoch() {
            return whole.epoch();
        }

        @Override
        public PrssStream stream(int component, String purpose) {
            return whole.stream(component, purpose);
        }

        @Override
        public void send(PartyId to, String label, byte[] payload) {
            if (label.equals("standing") && to == self().previous()) {
                payload[0] = (byte) CeremonyTask.create().code();
            }
            whole.send(to, label, payload);
        }

        @Override
        public byte[] receive(PartyId from, String label, int length) {
            return whole.receive(from, label, length);
        }
    }
}
