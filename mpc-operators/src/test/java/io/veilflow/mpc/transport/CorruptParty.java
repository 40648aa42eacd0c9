package io.veilflow.mpc.transport;

import io.veilflow.mpc.party.PartyId;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** P2 with its true keys, honest until the epoch is agreed; then the test writes what it likes. */
final class CorruptParty implements AutoCloseable {
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor();
    private final Map<PartyId, LinkSocket> sockets = new EnumMap<>(PartyId.class);
    private final Connector connector;
    private final EpochAgreement agreement;

    CorruptParty(LinkWorld world) throws IOException, LinkException, InterruptedException {
        LinkConfiguration configuration = world.configuration(PartyId.P2);
        LinkCredentials credentials = world.identities.get(2).credentials();
        connector = new Connector(configuration, new LinkTls(configuration, credentials), deadlines, peer -> {});
        sockets.put(PartyId.P0, connector.dial(PartyId.P0));
        sockets.put(PartyId.P1, connector.dial(PartyId.P1));
        agreement = new EpochHandshake(
                        configuration,
                        credentials,
                        world.logs.get(2),
                        FrameTap.none(),
                        new java.security.SecureRandom())
                .agree(sockets);
    }

    Frame frame(byte[] contextHash, long sequence, String path, String label, byte[] payload) {
        return new Frame(agreement.epochId(), contextHash, sequence, FrameNames.label(path, label), payload);
    }

    Frame frameOfEpoch(byte[] epochId, byte[] contextHash, String path, String label, byte[] payload) {
        return new Frame(epochId, contextHash, 0, FrameNames.label(path, label), payload);
    }

    void write(PartyId to, Frame frame) throws IOException {
        writeBytes(to, frame.header());
        writeBytes(to, frame.payload());
    }

    void writeBytes(PartyId to, byte[] bytes) throws IOException {
        sockets.get(to).out().write(bytes);
        sockets.get(to).out().flush();
    }

    @Override
    public void close() {
        sockets.values().forEach(LinkSocket::close);
        connector.close();
        deadlines.shutdownNow();
    }
}
