package io.veilflow.mpc.transport;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.EpochLog;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/** Brings the three parties together: connections to both peers, then the agreement on an epoch, all or nothing. */
final class Rendezvous implements AutoCloseable {
    private final LinkConfiguration configuration;
    private final FrameTap tap;
    private final EpochHandshake handshake;
    private final ScheduledExecutorService deadlines;
    private final Connector connector;

    /**
     * @param arrival told of a peer that has connected to us, before its connection can be taken; must not block
     * @throws IOException if the own endpoint cannot be listened on
     */
    Rendezvous(
            LinkConfiguration configuration,
            LinkCredentials credentials,
            EpochLog log,
            FrameTap tap,
            Consumer<PartyId> arrival)
            throws IOException {
        LinkTls tls = new LinkTls(configuration, credentials);
        this.configuration = configuration;
        this.tap = tap;
        this.handshake = new EpochHandshake(configuration, credentials, log, tap, new SecureRandom());
        this.deadlines = Executors.newSingleThreadScheduledExecutor(task -> Connector.daemon(task, "link-deadlines"));
        try {
            this.connector = new Connector(configuration, tls, deadlines, arrival);
        } catch (IOException e) {
            deadlines.shutdownNow();
            throw e;
        }
    }

    /** One attempt. On failure every connection that it used is closed, so that the peers notice at once. */
    Epoch reach() throws LinkException, InterruptedException {
        Map<PartyId, LinkSocket> sockets = new EnumMap<>(PartyId.class);
        boolean agreed = false;
        try {
            for (PartyId peer : PartyId.values()) {
                if (connector.dials(peer)) {
                    sockets.put(peer, connector.dial(peer));
                }
            }
            sockets.putAll(connector.awaitArrivals(sockets.values()));
            EpochAgreement agreement = agree(sockets);
            agreed = true;
            return new Epoch(configuration, agreement, sockets, tap);
        } finally {
            if (!agreed) {
                sockets.values().forEach(LinkSocket::close);
            }
        }
    }

    private EpochAgreement agree(Map<PartyId, LinkSocket> sockets) throws LinkException, InterruptedException {
        LinkFailure late = new LinkFailure(Reason.TIMEOUT, null, "handshake: no agreement on an epoch in time");
        Runnable giveUp = () -> sockets.values().forEach(socket -> socket.fail(late));
        try (Deadline deadline =
                new Deadline(deadlines, giveUp, configuration.limits().handshake())) {
            return handshake.agree(sockets);
        }
    }

    @Override
    public void close() {
        connector.close();
        deadlines.shutdownNow();
    }
}
