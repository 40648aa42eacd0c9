package io.veilflow.pipeline.adversary;

import io.veilflow.mpc.ledger.Ledger;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssStream;
import io.veilflow.mpc.session.MeasuredSession;
import io.veilflow.mpc.session.NetworkListener;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.PartyNetwork;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.SessionContext;
import io.veilflow.mpc.session.Transcript;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A party's network, of which everything that the party sends goes through its conduct. */
final class CorruptibleNetwork implements PartyNetwork {
    private final PartyNetwork inner;
    private final PartyConduct conduct;

    CorruptibleNetwork(PartyNetwork inner, PartyConduct conduct) {
        this.inner = inner;
        this.conduct = conduct;
    }

    @Override
    public MeasuredSession openSession(SessionContext context, Profile profile) {
        return new CorruptibleSession(inner.openSession(context, profile), conduct);
    }

    @Override
    public void sendControl(PartyId to, byte[] message) {
        conduct.say(Place.control(message, to), 0, message, changed -> inner.sendControl(to, changed));
    }

    @Override
    public PartyId self() {
        return inner.self();
    }

    @Override
    public void start() {
        inner.start();
    }

    @Override
    public long awaitEpoch(Duration timeout) {
        return inner.awaitEpoch(timeout);
    }

    @Override
    public OptionalLong currentEpoch() {
        return inner.currentEpoch();
    }

    @Override
    public Optional<byte[]> receiveControl(PartyId from, Duration timeout) {
        return inner.receiveControl(from, timeout);
    }

    @Override
    public void addListener(NetworkListener listener) {
        inner.addListener(listener);
    }

    @Override
    public void close() {
        inner.close();
    }

    private record CorruptibleSession(MeasuredSession inner, PartyConduct conduct) implements MeasuredSession {
        @Override
        public List<OperationFigures> figures() {
            return inner.figures();
        }

        @Override
        public Transcript transcript() {
            return inner.transcript();
        }

        @Override
        public PartyId self() {
            return inner.self();
        }

        @Override
        public SessionContext context() {
            return inner.context();
        }

        @Override
        public Profile profile() {
            return inner.profile();
        }

        @Override
        public Operation operation(String path) {
            conduct.claim(context().attempt(), path);
            return new CorruptibleOperation(inner.operation(path), context(), conduct, new HashMap<>());
        }

        @Override
        public void close() {
            inner.close();
        }
    }

    /** @param times how often each label was used so far to each party */
    private record CorruptibleOperation(
            Operation inner, SessionContext context, PartyConduct conduct, Map<String, Integer> times)
            implements Operation {
        @Override
        public void send(PartyId to, String label, byte[] payload) {
            int time = times.merge(to + " " + label, 1, Integer::sum) - 1;
            conduct.say(
                    Place.message(context.kind(), path(), label, time, to),
                    context.attempt(),
                    payload,
                    changed -> inner.send(to, label, changed));
        }

        @Override
        public PartyId self() {
            return inner.self();
        }

        @Override
        public String path() {
            return inner.path();
        }

        @Override
        public Profile profile() {
            return inner.profile();
        }

        @Override
        public Ledger ledger() {
            return inner.ledger();
        }

        @Override
        public byte[] epoch() {
            return inner.epoch();
        }

        @Override
        public PrssStream stream(int component, String purpose) {
            return inner.stream(component, purpose);
        }

        @Override
        public byte[] receive(PartyId from, String label, int length) {
            byte[] heard = inner.receive(from, label, length);
            return conduct.hear(Place.message(context.kind(), path(), label, 0, from), context.attempt(), heard);
        }
    }
}
