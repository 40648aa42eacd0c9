package io.veilflow.pipeline.key;

import io.veilflow.mpc.ledger.Ledger;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssStream;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.session.SessionContext;

/** A party's session with something done before each of its messages. */
abstract class ForwardingSession implements Session {
    private final Session whole;

    ForwardingSession(Session whole) {
        this.whole = whole;
    }

    /** @param payload what will be sent; may be changed */
    abstract void beforeSending(PartyId to, String label, byte[] payload);

    abstract void beforeReceiving();

    @Override
    public final PartyId self() {
        return whole.self();
    }

    @Override
    public final SessionContext context() {
        return whole.context();
    }

    @Override
    public final Profile profile() {
        return whole.profile();
    }

    @Override
    public final Operation operation(String path) {
        return new Forwarding(whole.operation(path));
    }

    @Override
    public final void close() {
        whole.close();
    }

    private final class Forwarding implements Operation {
        private final Operation whole;

        Forwarding(Operation whole) {
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
            beforeSending(to, label, payload);
            whole.send(to, label, payload);
        }

        @Override
        public byte[] receive(PartyId from, String label, int length) {
            beforeReceiving();
            return whole.receive(from, label, length);
        }
    }
}
