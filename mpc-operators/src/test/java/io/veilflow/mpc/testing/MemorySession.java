package io.veilflow.mpc.testing;

import io.veilflow.mpc.ledger.Ledger;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssStream;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.SessionContext;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A session of one party over the memory network. */
final class MemorySession implements TimedSession {
    /** As in the specification's vectors. */
    private static final byte[] EPOCH = "epoch-1".getBytes(StandardCharsets.UTF_8);

    private final PartyId self;
    private final SessionContext context;
    private final Profile profile;
    private final MemoryNetwork network;
    private final ContextKeys keys;
    private final Set<String> claimed = new HashSet<>();
    private final Ledger ledger;
    private int depth;
    private boolean closed;

    MemorySession(PartyId self, SessionContext context, Profile profile, MemoryNetwork network, ContextKeys keys) {
        this.self = self;
        this.context = context;
        this.profile = profile;
        this.network = network;
        this.keys = keys;
        this.ledger = profile == Profile.M ? Ledger.recording() : Ledger.discarding();
    }

    @Override
    public PartyId self() {
        return self;
    }

    @Override
    public SessionContext context() {
        return context;
    }

    @Override
    public Profile profile() {
        return profile;
    }

    @Override
    public Operation operation(String path) {
        requireOpen();
        if (!claimed.add(path)) {
            throw new IllegalStateException("path claimed twice: " + path);
        }
        return new MemoryOperation(path);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("session closed");
        }
    }

    @Override
    public long millis() {
        return network.millis();
    }

    @Override
    public void pause(long millis) {
        network.pause(self, millis);
    }

    @Override
    public void close() {
        closed = true;
        ledger.wipe();
    }

    private final class MemoryOperation implements Operation {
        private final String path;
        private final Map<String, PrssStream> streams = new HashMap<>();

        MemoryOperation(String path) {
            this.path = path;
        }

        @Override
        public PartyId self() {
            return self;
        }

        @Override
        public String path() {
            return path;
        }

        @Override
        public Profile profile() {
            return profile;
        }

        @Override
        public Ledger ledger() {
            return ledger;
        }

        @Override
        public byte[] epoch() {
            return EPOCH.clone();
        }

        @Override
        public PrssStream stream(int component, String purpose) {
            requireOpen();
            if (!self.holds(component)) {
                throw new IllegalArgumentException(self + " does not hold PRSS key " + component);
            }
            return streams.computeIfAbsent(
                    component + "/" + purpose, any -> new PrssStream(keys.contextKey(component, path, purpose)));
        }

        @Override
        public void send(PartyId to, String label, byte[] payload) {
            requireOpen();
            network.send(new Message(depth + 1, self, to, path, label, payload));
        }

        @Override
        public byte[] receive(PartyId from, String label, int length) {
            requireOpen();
            Message message = network.receive(from, self, path, label, length);
            depth = Math.max(depth, message.round());
            return message.payload();
        }
    }
}
