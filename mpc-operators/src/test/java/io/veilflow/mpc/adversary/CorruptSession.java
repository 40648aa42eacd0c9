package io.veilflow.mpc.adversary;

import io.veilflow.mpc.ledger.Ledger;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssStream;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.SessionContext;
import io.veilflow.mpc.testing.LinkControl;
import io.veilflow.mpc.testing.TimedSession;

/** The session of a party that runs the product's code and deviates as its {@link Attack} says. */
public final class CorruptSession implements TimedSession {
    private final TimedSession honest;
    private final LinkControl links;
    private final Attack attack;
    private int sent;

    public CorruptSession(TimedSession honest, LinkControl links, Attack attack) {
        this.honest = honest;
        this.links = links;
        this.attack = attack;
    }

    @Override
    public PartyId self() {
        return honest.self();
    }

    @Override
    public SessionContext context() {
        return honest.context();
    }

    @Override
    public Profile profile() {
        return honest.profile();
    }

    @Override
    public Operation operation(String path) {
        return new CorruptOperation(honest.operation(path));
    }

    @Override
    public long millis() {
        return honest.millis();
    }

    @Override
    public void pause(long millis) {
        honest.pause(millis);
    }

    @Override
    public void close() {
        honest.close();
    }

    private final class CorruptOperation implements Operation {
        private final Operation honest;

        CorruptOperation(Operation honest) {
            this.honest = honest;
        }

        @Override
        public PartyId self() {
            return honest.self();
        }

        @Override
        public String path() {
            return honest.path();
        }

        @Override
        public Profile profile() {
            return honest.profile();
        }

        @Override
        public Ledger ledger() {
            return honest.ledger();
        }

        @Override
        public byte[] epoch() {
            return honest.epoch();
        }

        @Override
        public PrssStream stream(int component, String purpose) {
            return attack.stream(honest, component, purpose);
        }

        @Override
        public void send(PartyId to, String label, byte[] payload) {
            attack.send(new Attack.Outgoing(honest, sent++, to, label, payload), links);
        }

        @Override
        public byte[] receive(PartyId from, String label, int length) {
            return attack.received(honest, from, label, honest.receive(from, label, length));
        }
    }
}
