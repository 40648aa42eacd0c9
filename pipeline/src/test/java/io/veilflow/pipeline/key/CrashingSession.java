package io.veilflow.pipeline.key;

import io.veilflow.mpc.ledger.Ledger;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssStream;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.session.SessionContext;

/** A party's session that ends with a crash before its n-th message is sent or received. */
final class CrashingSession implements Session {
    private final Session whole;
    private int left;

    /** @param calls so many messages are sent or received before the crash */
    CrashingSession(Session whole, int calls) {
        this.whole = whole;
        this.left = calls;
    }

    /** The machine is gone. */
    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private void count() {
        if (left-- == 0) {
            throw new Crash();
        }
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
        return new Counted(whole.operation(path));
    }

    @Override
    public void close() {
        whole.close();
    }

    private final class Counted implements Operation {
        private final Operation whole;

        Counted(Operation whole) {
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
            count();
            whole.send(to, label, payload);
        }

        @Override
        public byte[] receive(PartyId from, String label, int length) {
            count();
            return whole.receive(from, label, length);
        }
    }
}
