package io.veilflow.pipeline.account;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.MeasuredSession;
import io.veilflow.mpc.session.NetworkListener;
import io.veilflow.mpc.session.PartyNetwork;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.session.SessionContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A network that loses its links whenever a session is opened. */
final class LostNetwork implements PartyNetwork {
    private final PartyId self;
    private final List<SessionContext> opened = new ArrayList<>();

    LostNetwork(PartyId self) {
        this.self = self;
    }

    synchronized List<SessionContext> opened() {
        return List.copyOf(opened);
    }

    @Override
    public synchronized MeasuredSession openSession(SessionContext context, Profile profile) {
        opened.add(context);
        throw new ProtocolAbortException(Reason.PEER_LOST, null, "test");
    }

    @Override
    public PartyId self() {
        return self;
    }

    @Override
    public void start() {}

    @Override
    public long awaitEpoch(Duration timeout) {
        return 1;
    }

    @Override
    public OptionalLong currentEpoch() {
        return OptionalLong.of(1);
    }

    @Override
    public void sendControl(PartyId to, byte[] message) {
        throw new UnsupportedOperationException("the group's account sends no control messages");
    }

    @Override
    public Optional<byte[]> receiveControl(PartyId from, Duration timeout) {
        return Optional.empty();
    }

    @Override
    public void addListener(NetworkListener listener) {}

    @Override
    public void close() {}
}
