package io.veilflow.pipeline.simulate;

import io.veilflow.mpc.ledger.Ledger;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssContext;
import io.veilflow.mpc.randomness.PrssStream;
import io.veilflow.mpc.session.MeasuredSession;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.session.SessionContext;
import io.veilflow.mpc.session.Transcript;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A session over simulated links. Its streams are real ones, under keys of the epoch. */
final class SimulatedSession implements MeasuredSession {
    private final PartyLinks links;
    private final SessionContext context;
    private final Profile profile;
    private final EpochKeyring keys;
    private final long epoch;
    private final byte[] name;
    private final SimulatedInbox inbox;
    private final Ledger ledger;
    private final Set<String> paths = new HashSet<>();
    private Optional<ProtocolAbortException> failure = Optional.empty();
    private boolean closed;

    SimulatedSession(
            PartyLinks links,
            SessionContext context,
            Profile profile,
            EpochKeyring keys,
            long epoch,
            byte[] name,
            SimulatedInbox inbox) {
        this.links = links;
        this.context = context;
        this.profile = profile;
        this.keys = keys;
        this.epoch = epoch;
        this.name = name;
        this.inbox = inbox;
        this.ledger = profile == Profile.M ? Ledger.recording() : Ledger.discarding();
    }

    @Override
    public PartyId self() {
        return links.self();
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
        if (!paths.add(path)) {
            throw new IllegalStateException("path claimed twice: " + path);
        }
        return new SimulatedOperation(path);
    }

    @Override
    public List<OperationFigures> figures() {
        return List.of();
    }

    @Override
    public Transcript transcript() {
        return new Transcript(self(), name, epoch, List.of(), 0);
    }

    @Override
    public void close() {
        if (!closed && links.process().isAlive()) {
            links.send(self().next(), frame("", new byte[0]));
            links.send(self().previous(), frame("", new byte[0]));
        }
        if (!closed) {
            closed = true;
            ledger.wipe();
        }
    }

    private PartyLinks.Frame frame(String place, byte[] payload) {
        return new PartyLinks.Frame(self(), epoch, HexFormat.of().formatHex(name), place, payload);
    }

    private void requireOpen() {
        links.process().requireAlive();
        if (closed) {
            throw new IllegalStateException("the session is closed");
        }
        failure.ifPresent(before -> {
            throw before;
        });
        if (!links.isIn(epoch)) {
            throw abort(Reason.PEER_LOST, null, "the epoch has ended");
        }
    }

    private ProtocolAbortException abort(Reason reason, PartyId peer, String where) {
        ProtocolAbortException abort = new ProtocolAbortException(reason, peer, where);
        failure = Optional.of(abort);
        return abort;
    }

    private byte[] receive(PartyId from, String place, int length) {
        requireOpen();
        Optional<PartyLinks.Frame> frame =
                inbox.take(from, links.receiveTimeout().toNanos());
        if (frame.isEmpty()) {
            throw abort(inbox.isLost() ? Reason.PEER_LOST : Reason.TIMEOUT, from, place);
        }
        if (frame.get().place().isEmpty()) {
            throw abort(Reason.PEER_LOST, from, place + ": the peer has ended the session");
        }
        if (!frame.get().place().equals(place)) {
            throw abort(Reason.UNEXPECTED_MESSAGE, from, place);
        }
        if (frame.get().payload().length != length) {
            throw abort(Reason.LENGTH, from, place);
        }
        return frame.get().payload();
    }

    private final class SimulatedOperation implements Operation {
        private final String path;
        private final Map<String, PrssStream> streams = new HashMap<>();

        SimulatedOperation(String path) {
            this.path = path;
        }

        @Override
        public PartyId self() {
            return links.self();
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
            return ByteBuffer.allocate(Long.BYTES).putLong(epoch).array();
        }

        @Override
        public PrssStream stream(int component, String purpose) {
            requireOpen();
            return streams.computeIfAbsent(component + purpose, first -> {
                links.drawsFrom(epoch, component, HexFormat.of().formatHex(name) + " " + path + " " + purpose);
                return keys.of(self(), component).stream(PrssContext.of(context, path, purpose));
            });
        }

        @Override
        public void send(PartyId to, String label, byte[] payload) {
            requireOpen();
            links.send(to, frame(path + "/" + label, payload));
        }

        @Override
        public byte[] receive(PartyId from, String label, int length) {
            return SimulatedSession.this.receive(from, path + "/" + label, length);
        }
    }
}
