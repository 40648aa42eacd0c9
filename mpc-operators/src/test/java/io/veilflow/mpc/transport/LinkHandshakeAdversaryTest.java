package io.veilflow.mpc.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.NetworkListener;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkHandshakeAdversaryTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void b1NoForeignOrOwnCertificateIsAcceptedAndThePartiesGoOn() throws Exception {
        try (LinkWorld world = new LinkWorld()) {
            world.start(PartyId.P0);
            for (TestIdentity stranger : new TestIdentity[] {null, TestIdentity.create(), world.identities.get(0)}) {
                assertRefused(world, stranger, "TLSv1.3");
            }
            world.start(PartyId.P1);
            world.start(PartyId.P2);
            world.awaitEpoch();
        }
    }

    @Test
    void b1AnExpiredCertificateIsRefusedThoughItIsPinned() throws Exception {
        try (LinkWorld world = new LinkWorld()) {
            TestIdentity expired = TestIdentity.create(Instant.now().minus(Duration.ofHours(1)));
            world.endpoints.set(2, expired.endpoint(world.endpoints.get(2).port()));
            world.start(PartyId.P0);
            assertRefused(world, expired, "TLSv1.3");
        }
    }

    @Test
    @DisplayName("B1, B3: a party that says it is another one than its certificate says is refused")
    void b1APartyWithAnotherPartysCertificateInItsPlaceIsRefused() {
        try (LinkWorld world = new LinkWorld()) {
            // P0's view has the pins of P1 and P2 exchanged, so P1 says P1 under the certificate of P2.
            List<PartyEndpoint> exchanged = new ArrayList<>(world.endpoints);
            PartyEndpoint first = world.endpoints.get(1);
            PartyEndpoint second = world.endpoints.get(2);
            exchanged.set(
                    1, new PartyEndpoint(first.host(), first.port(), second.certificatePin(), first.identityKey()));
            exchanged.set(
                    2, new PartyEndpoint(second.host(), second.port(), first.certificatePin(), second.identityKey()));
            LinkNetwork p0 = world.start(new LinkConfiguration(
                    PartyId.P0, exchanged, new byte[32], new byte[32], new byte[16], LinkWorld.LIMITS));
            world.start(PartyId.P1);
            world.start(PartyId.P2);
            ProtocolAbortException abort = assertThrows(ProtocolAbortException.class, () -> p0.awaitEpoch(SOON));
            assertEquals(Reason.CONFIGURATION, abort.reason());
            assertTrue(abort.getMessage().contains("party index"), abort.getMessage());
        }
    }

    @Test
    void b1AWrongPeerCertificateIsNamedWhereItIsFoundAndWhereItIsRefused() {
        try (LinkWorld world = new LinkWorld()) {
            // P2 pins a certificate for P0 that P0 does not have.
            List<PartyEndpoint> wrong = new ArrayList<>(world.endpoints);
            wrong.set(0, TestIdentity.create().endpoint(world.endpoints.get(0).port()));
            world.start(PartyId.P0);
            world.start(PartyId.P1);
            LinkNetwork p2 = world.start(new LinkConfiguration(
                    PartyId.P2, wrong, new byte[32], new byte[32], new byte[16], LinkWorld.LIMITS));
            ProtocolAbortException abort = assertThrows(ProtocolAbortException.class, () -> p2.awaitEpoch(SOON));
            assertEquals(Reason.CONFIGURATION, abort.reason());
            assertEquals(PartyId.P0, abort.peer().orElseThrow());
            assertTrue(abort.getMessage().contains("certificate"), abort.getMessage());
        }
    }

    @Test
    void aCertificateThatTheConfigurationDoesNotPinForUsIsRefusedAtStart() {
        try (LinkWorld world = new LinkWorld()) {
            assertThrows(
                    IllegalStateException.class,
                    () -> new LinkNetwork(
                            world.configuration(PartyId.P0),
                            world.identities.get(1).credentials(),
                            new MemoryEpochLog(),
                            FrameTap.none()));
        }
    }

    @Test
    void b2TlsBelow13IsRefused() throws Exception {
        try (LinkWorld world = new LinkWorld()) {
            world.start(PartyId.P0);
            assertRefused(world, world.identities.get(1), "TLSv1.2");
        }
    }

    @Test
    void b2PlainTextIsRefused() throws Exception {
        try (LinkWorld world = new LinkWorld()) {
            world.start(PartyId.P0);
            try (Socket socket = new Socket("127.0.0.1", world.endpoints.get(0).port())) {
                socket.setSoTimeout(5_000);
                socket.getOutputStream().write(new byte[200]);
                byte[] answer = socket.getInputStream().readAllBytes();
                assertTrue(answer.length < 100, "only an alert, not a hello");
            }
        }
    }

    @RepeatedTest(4)
    @DisplayName("B12: parties that stop at once when set-ups differ still tell each other: none is left waiting")
    void b12EveryPartyLearnsOfADifferentSetUp() throws Exception {
        try (LinkWorld world = new LinkWorld()) {
            byte[] other = new byte[32];
            other[0] = 1;
            List<LinkNetwork> networks = List.of(
                    world.start(PartyId.P0),
                    world.start(PartyId.P1),
                    world.start(new LinkConfiguration(
                            PartyId.P2, world.endpoints, other, new byte[32], new byte[16], LinkWorld.LIMITS)));
            List<CompletableFuture<Reason>> reasons = networks.stream()
                    .map(network -> CompletableFuture.supplyAsync(() -> {
                        ProtocolAbortException abort =
                                assertThrows(ProtocolAbortException.class, () -> network.awaitEpoch(SOON));
                        network.close();
                        return abort.reason();
                    }))
                    .toList();
            for (CompletableFuture<Reason> reason : reasons) {
                assertEquals(Reason.CONFIGURATION, reason.get());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"configuration hash", "rule hash", "run id"})
    void b12ADifferentSetUpIsNamedAsConfiguration(String item) {
        try (LinkWorld world = new LinkWorld()) {
            byte[] other = new byte[32];
            other[0] = 1;
            byte[] configurationHash = item.equals("configuration hash") ? other : new byte[32];
            byte[] ruleHash = item.equals("rule hash") ? other : new byte[32];
            byte[] runId = item.equals("run id") ? Arrays.copyOf(other, 16) : new byte[16];
            LinkNetwork p0 = world.start(PartyId.P0);
            LinkNetwork p1 = world.start(PartyId.P1);
            LinkNetwork p2 = world.start(new LinkConfiguration(
                    PartyId.P2, world.endpoints, configurationHash, ruleHash, runId, LinkWorld.LIMITS));
            for (LinkNetwork network : List.of(p2, p0, p1)) {
                ProtocolAbortException abort =
                        assertThrows(ProtocolAbortException.class, () -> network.awaitEpoch(SOON));
                assertEquals(Reason.CONFIGURATION, abort.reason(), network.self() + ": " + abort.getMessage());
                assertTrue(abort.getMessage().contains(item), abort.getMessage());
            }
        }
    }

    @Test
    void b10DifferentNoncesToTheTwoPeersAreFoundOutAndNoHonestPartyIsNamed() throws Exception {
        try (LinkWorld world = new LinkWorld()) {
            BlockingQueue<ProtocolAbortException> failures = new LinkedBlockingQueue<>();
            for (PartyId honest : List.of(PartyId.P0, PartyId.P1)) {
                world.start(honest).addListener(new NetworkListener() {
                    @Override
                    public void epochStarted(long epoch) {
                        failures.add(new ProtocolAbortException(Reason.CHECK_FAILED, honest, "reached an epoch"));
                    }

                    @Override
                    public void epochEnded(long epoch, ProtocolAbortException cause) {}

                    @Override
                    public void connectionFailed(ProtocolAbortException cause) {
                        failures.add(cause);
                    }
                });
            }
            LinkConfiguration configuration = world.configuration(PartyId.P2);
            LinkTls tls = new LinkTls(configuration, world.identities.get(2).credentials());
            ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor();
            try (Connector connector = new Connector(configuration, tls, deadlines, peer -> {})) {
                for (PartyId peer : List.of(PartyId.P0, PartyId.P1)) {
                    LinkSocket socket = connector.dial(peer);
                    byte[] hello = new byte[128];
                    hello[3] = LinkConfiguration.PROTOCOL_VERSION;
                    hello[7] = 2;
                    hello[127] = (byte) peer.index();
                    Frame frame = new Frame(new byte[16], new byte[32], 0, FrameNames.HELLO, hello);
                    socket.out().write(frame.header());
                    socket.out().write(hello);
                    socket.out().flush();
                }
                ProtocolAbortException failure = failures.poll(10, TimeUnit.SECONDS);
                while (failure.reason() == Reason.PEER_LOST) {
                    failure = failures.poll(10, TimeUnit.SECONDS);
                }
                assertEquals(Reason.CHECK_FAILED, failure.reason());
                assertTrue(failure.getMessage().contains("different nonces"), failure.getMessage());
                assertTrue(failure.peer().isEmpty());
            } finally {
                deadlines.shutdownNow();
            }
        }
    }

    @Test
    void anEpochKeyNotSignedByTheIdentityIsRefused() {
        try (LinkWorld world = new LinkWorld()) {
            LinkNetwork p0 = world.start(PartyId.P0);
            world.start(PartyId.P1);
            TestIdentity real = world.identities.get(2);
            TestIdentity thief = new TestIdentity(
                    real.tls(), real.certificate(), TestIdentity.create().seed(), real.identityKey());
            try (LinkNetwork p2 = new LinkNetwork(
                    world.configuration(PartyId.P2), thief.credentials(), new MemoryEpochLog(), FrameTap.none())) {
                p2.start();
                ProtocolAbortException abort =
                        assertThrows(ProtocolAbortException.class, () -> p0.awaitEpoch(Duration.ofSeconds(2)));
                assertEquals(Reason.TIMEOUT, abort.reason());
                assertEquals(PartyId.P2, abort.peer().orElseThrow());
                assertTrue(abort.getMessage().contains("not signed"), abort.getMessage());
                assertTrue(p0.currentEpoch().isEmpty());
            }
        }
    }

    @Test
    void b8APeerThatFallsSilentIsCutOffThoughItSendsAByteNowAndThen() throws Exception {
        try (LinkWorld world = new LinkWorld()) {
            LinkLimits impatient = new LinkLimits(
                    1 << 20,
                    1000,
                    8 << 20,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(200));
            LinkNetwork p0 = world.start(world.configuration(PartyId.P0, impatient));
            // Speaks often enough for P0, and waits longer for P2 itself.
            world.start(PartyId.P1);
            try (CorruptParty p2 = new CorruptParty(world)) {
                p0.awaitEpoch(SOON);
                var waiting = world.run(PartyId.P0, LinkWorld.context(1), session -> session.operation("op")
                        .receive(PartyId.P2, "m", 1));
                p2.writeBytes(
                        PartyId.P0,
                        p2.frame(new byte[32], 0, "op", "m", new byte[100]).header());
                for (int k = 0; k < 50 && !waiting.isDone(); k++) {
                    try {
                        p2.writeBytes(PartyId.P0, new byte[1]);
                    } catch (IOException e) {
                        break;
                    }
                    Thread.sleep(100);
                }
                ProtocolAbortException abort =
                        assertInstanceOf(ProtocolAbortException.class, LinkWorld.failureOf(waiting));
                assertEquals(Reason.TIMEOUT, abort.reason());
                assertEquals(PartyId.P2, abort.peer().orElseThrow());
            }
        }
    }

    @Test
    void b8APeerThatIsAliveButDoesNotAnswerTimesTheProtocolOut() {
        try (LinkWorld world = new LinkWorld()) {
            LinkLimits impatient = new LinkLimits(
                    1 << 20,
                    1000,
                    8 << 20,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(200),
                    Duration.ofMillis(200));
            world.start(world.configuration(PartyId.P0, impatient));
            world.start(PartyId.P1);
            world.start(PartyId.P2);
            world.awaitEpoch();
            ProtocolAbortException abort = assertInstanceOf(
                    ProtocolAbortException.class,
                    LinkWorld.failureOf(world.run(PartyId.P0, LinkWorld.context(1), session -> session.operation("op")
                            .receive(PartyId.P2, "m", 1))));
            assertEquals(Reason.TIMEOUT, abort.reason());
            assertEquals(PartyId.P2, abort.peer().orElseThrow());
            assertTrue(world.network(PartyId.P0).currentEpoch().isPresent());
        }
    }

    @Test
    void b8AStrangerThatSaysNothingDoesNotKeepThePartiesApart() throws Exception {
        try (LinkWorld world = new LinkWorld();
                Socket stranger = new Socket()) {
            world.start(PartyId.P0);
            stranger.connect(
                    new InetSocketAddress("127.0.0.1", world.endpoints.get(0).port()));
            world.start(PartyId.P1);
            world.start(PartyId.P2);
            world.awaitEpoch();
        }
    }

    /** The stranger trusts everybody, and still gets no byte of the protocol. */
    private static void assertRefused(LinkWorld world, TestIdentity stranger, String version) throws Exception {
        KeyManager[] keys = null;
        if (stranger != null) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, new char[0]);
            store.setKeyEntry(
                    "tls", stranger.tls().getPrivate(), new char[0], new Certificate[] {stranger.certificate()});
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, new char[0]);
            keys = factory.getKeyManagers();
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {new TrustsAll()}, new SecureRandom());
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket("127.0.0.1", world.endpoints.get(0).port())) {
            socket.setSoTimeout(5_000);
            socket.setEnabledProtocols(new String[] {version});
            IOException refused = assertThrows(IOException.class, () -> {
                socket.startHandshake();
                socket.getInputStream().read();
            });
            assertTrue(!(refused instanceof java.net.SocketTimeoutException), "refused, not ignored");
        }
    }

    private static final class TrustsAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
