package io.veilflow.mpc.transport;

import io.veilflow.mpc.ledger.Ledger;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssStream;
import io.veilflow.mpc.session.MeasuredSession.OperationFigures;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Profile;
import java.util.HashMap;
import java.util.Map;

/** One operation of a {@link LinkSession}: its streams and what it has sent. */
final class LinkOperation implements Operation {
    private record StreamName(int component, String purpose) {}

    private final LinkSession session;
    private final String path;
    private final Map<StreamName, PrssStream> streams = new HashMap<>();
    private long rounds;
    private long messages;
    private long bytes;
    private boolean waiting;

    LinkOperation(LinkSession session, String path) {
        this.session = session;
        this.path = path;
    }

    @Override
    public PartyId self() {
        return session.self();
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public Profile profile() {
        return session.profile();
    }

    @Override
    public Ledger ledger() {
        return session.ledger();
    }

    @Override
    public byte[] epoch() {
        return session.epochName();
    }

    @Override
    public PrssStream stream(int component, String purpose) {
        return streams.computeIfAbsent(
                new StreamName(component, purpose), name -> session.stream(component, path, purpose));
    }

    @Override
    public void send(PartyId to, String label, byte[] payload) {
        // The session owns the array afterwards, so its length is read before.
        int length = payload.length;
        session.send(to, path, label, payload);
        messages++;
        bytes += length;
        waiting = false;
    }

    @Override
    public byte[] receive(PartyId from, String label, int length) {
        if (!waiting) {
            rounds++;
            waiting = true;
        }
        return session.receive(from, path, label, length);
    }

    OperationFigures figures() {
        return new OperationFigures(path, rounds, messages, bytes);
    }

    void wipe() {
        streams.values().forEach(PrssStream::close);
    }
}
