package io.veilflow.mpc.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.MeasuredSession;
import io.veilflow.mpc.session.NetworkListener;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.session.SessionContext;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LinkNetworkTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @Test
    void messagesGoRoundAllThreeInOrder() throws Exception {
        try (LinkWorld world = LinkWorld.connected()) {
            Map<PartyId, CompletableFuture<List<MeasuredSession.OperationFigures>>> running =
                    world.run(LinkWorld.context(1), session -> {
                        Operation operation = session.operation("ring");
                        PartyId self = session.self();
                        for (byte k = 0; k < 50; k++) {
                            operation.send(self.next(), "token", new byte[] {(byte) self.index(), k});
                            byte[] got = operation.receive(self.previous(), "token", 2);
                            assertArrayEquals(new byte[] {(byte) self.previous().index(), k}, got);
                        }
                        return session.figures();
                    });
            for (CompletableFuture<List<MeasuredSession.OperationFigures>> party : running.values()) {
                assertEquals(
                        List.of(new MeasuredSession.OperationFigures("ring", 50, 50, 100)),
                        party.get(20, TimeUnit.SECONDS));
            }
        }
    }

    @Test
    void largeMessagesBothWaysAtOnceDoNotBlock() throws Exception {
        try (LinkWorld world = LinkWorld.connected()) {
            byte[] large = new byte[(1 << 20) - Frame.HEADER_BYTES];
            Arrays.fill(large, (byte) 7);
            Map<PartyId, CompletableFuture<Boolean>> running = world.run(LinkWorld.context(1), session -> {
                Operation operation = session.operation("large");
                for (int k = 0; k < 4; k++) {
                    operation.send(session.self().next(), "m", large.clone());
                    operation.send(session.self().previous(), "m", large.clone());
                }
                boolean same = true;
                for (int k = 0; k < 4; k++) {
                    same &= Arrays.equals(
                            large, operation.receive(session.self().next(), "m", large.length));
                    same &= Arrays.equals(
                            large, operation.receive(session.self().previous(), "m", large.length));
                }
                assertThrows(
                        IllegalArgumentException.class,
                        () -> operation.send(session.self().next(), "m", new byte[large.length + 1]));
                return same;
            });
            for (CompletableFuture<Boolean> party : running.values()) {
                assertTrue(party.get(20, TimeUnit.SECONDS));
            }
        }
    }

    @Test
    void sessionsRunSideBySide() throws Exception {
        try (LinkWorld world = LinkWorld.connected()) {
            Map<PartyId, CompletableFuture<Byte>> first = world.run(LinkWorld.context(1), session -> swap(session, 1));
            Map<PartyId, CompletableFuture<Byte>> second = world.run(LinkWorld.context(2), session -> swap(session, 2));
            for (PartyId party : PartyId.values()) {
                assertEquals((byte) 1, first.get(party).get(20, TimeUnit.SECONDS));
                assertEquals((byte) 2, second.get(party).get(20, TimeUnit.SECONDS));
            }
        }
    }

    private static byte swap(MeasuredSession session, int value) {
        Operation operation = session.operation("swap");
        operation.send(session.self().next(), "value", new byte[] {(byte) value});
        return operation.receive(session.self().previous(), "value", 1)[0];
    }

    @Test
    @DisplayName("C8: sessions, attempts and epochs share no PRSS output, after a restart either")
    void prssKeysAreEqualAtTheirTwoHoldersAndFreshInEveryEpochAndSession() throws Exception {
        try (LinkWorld world = LinkWorld.connected()) {
            Set<Long> seen = new HashSet<>();
            long before = world.awaitEpoch();
            assertStreamsAgree(world, LinkWorld.context(1), seen);
            assertStreamsAgree(world, LinkWorld.context(2), seen);
            SessionContext attempt2 =
                    new SessionContext(new byte[32], SessionContext.Kind.WINDOW, 1, new byte[32], 2, new byte[32]);
            assertStreamsAgree(world, attempt2, seen);

            world.network(PartyId.P1).close();
            world.start(PartyId.P1);
            long after = world.awaitEpoch();
            assertTrue(after > before);
            // The same context as before, under new keys.
            assertStreamsAgree(world, LinkWorld.context(1), seen);
            assertEquals(4 * 3 * 2, seen.size());
        }
    }

    private static void assertStreamsAgree(LinkWorld world, SessionContext context, Set<Long> seen) throws Exception {
        Map<PartyId, CompletableFuture<long[]>> running = world.run(context, session -> {
            int own = session.self().index();
            int next = session.self().next().index();
            int lacking = session.self().previous().index();
            Operation operation = session.operation("random");
            assertThrows(IllegalArgumentException.class, () -> operation.stream(lacking, "rand"));
            long[] words = new long[4];
            operation.stream(own, "rand").words(words, 0, 1);
            operation.stream(next, "rand").words(words, 1, 1);
            operation.stream(own, "other").words(words, 2, 1);
            operation.stream(next, "other").words(words, 3, 1);
            return words;
        });
        long[][] words = new long[3][];
        for (PartyId party : PartyId.values()) {
            words[party.index()] = running.get(party).get(20, TimeUnit.SECONDS);
        }
        for (int i = 0; i < 3; i++) {
            assertEquals(words[i][1], words[(i + 1) % 3][0], "component " + (i + 1) % 3);
            assertEquals(words[i][3], words[(i + 1) % 3][2]);
            seen.add(words[i][0]);
            seen.add(words[i][2]);
        }
    }

    @Test
    void anEpochIsLargerThanAllThatAnyPartyHasJournalled() {
        try (LinkWorld world = new LinkWorld()) {
            world.logs.get(1).record(41);
            for (PartyId party : PartyId.values()) {
                world.start(party);
            }
            long epoch = world.awaitEpoch();
            assertTrue(epoch >= 42, "epoch " + epoch);
            world.logs.forEach(log -> assertTrue(log.epochs().contains(epoch)));
        }
    }

    @Test
    @DisplayName("C8: a session context is refused the second time in an epoch")
    void aContextIsOpenedOnceInAnEpoch() {
        try (LinkWorld world = LinkWorld.connected()) {
            LinkNetwork network = world.network(PartyId.P0);
            network.openSession(LinkWorld.context(1), Profile.S).close();
            assertThrows(IllegalStateException.class, () -> network.openSession(LinkWorld.context(1), Profile.S));
        }
    }

    @Test
    @DisplayName("C8: an operation path is refused the second time in a session")
    void aPathIsClaimedOnceInASession() {
        try (LinkWorld world = LinkWorld.connected();
                MeasuredSession session = world.network(PartyId.P0).openSession(LinkWorld.context(1), Profile.S)) {
            session.operation("a");
            assertThrows(IllegalStateException.class, () -> session.operation("a"));
        }
    }

    @Test
    void controlMessagesArriveInOrder() {
        try (LinkWorld world = LinkWorld.connected()) {
            for (byte k = 0; k < 3; k++) {
                world.network(PartyId.P0).sendControl(PartyId.P2, new byte[] {k});
            }
            for (byte k = 0; k < 3; k++) {
                assertArrayEquals(
                        new byte[] {k},
                        world.network(PartyId.P2)
                                .receiveControl(PartyId.P0, SOON)
                                .orElseThrow());
            }
            assertEquals(Optional.empty(), world.network(PartyId.P2).receiveControl(PartyId.P0, Duration.ofMillis(20)));
        }
    }

    @Test
    void losingOneLinkEndsTheEpochEverywhereAndANewOneFollows() throws Exception {
        try (LinkWorld world = LinkWorld.connected()) {
            long before = world.awaitEpoch();
            BlockingQueue<String> events = new LinkedBlockingQueue<>();
            world.network(PartyId.P0).addListener(new NetworkListener() {
                @Override
                public void epochStarted(long epoch) {
                    events.add("started " + (epoch > before));
                }

                @Override
                public void epochEnded(long epoch, ProtocolAbortException cause) {
                    events.add("ended " + epoch + " " + cause.reason());
                }

                @Override
                public void connectionFailed(ProtocolAbortException cause) {}
            });
            CompletableFuture<byte[]> waiting =
                    world.run(PartyId.P0, LinkWorld.context(1), session -> session.operation("wait")
                            .receive(PartyId.P1, "never", 1));
            // Only P2 goes; P0 waits for P1.
            world.network(PartyId.P2).close();
            ProtocolAbortException abort = assertInstanceOf(ProtocolAbortException.class, LinkWorld.failureOf(waiting));
            assertEquals(Reason.PEER_LOST, abort.reason());
            world.start(PartyId.P2);
            assertTrue(world.awaitEpoch() > before);
            String event = events.poll(10, TimeUnit.SECONDS);
            if (event.equals("started false")) {
                // The listener came in time for the first epoch's own start.
                event = events.poll(10, TimeUnit.SECONDS);
            }
            assertEquals("ended " + before + " PEER_LOST", event);
            assertEquals("started true", events.poll(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void b9PartiesThatReconnectAtOnceEndWithOneChannelAndLoseNothing() throws Exception {
        try (LinkWorld world = LinkWorld.connected()) {
            for (int round = 0; round < 3; round++) {
                world.network(PartyId.P0).close();
                world.network(PartyId.P1).close();
                world.start(PartyId.P1);
                world.start(PartyId.P0);
                world.awaitEpoch();
                Map<PartyId, CompletableFuture<Byte>> running =
                        world.run(LinkWorld.context(round), session -> swap(session, 5));
                for (CompletableFuture<Byte> party : running.values()) {
                    assertEquals((byte) 5, party.get(20, TimeUnit.SECONDS));
                }
            }
        }
    }

    @Test
    void aPeerThatEndsItsSessionEarlyIsNotWaitedFor() {
        try (LinkWorld world = LinkWorld.connected()) {
            world.network(PartyId.P1)
                    .openSession(LinkWorld.context(1), Profile.S)
                    .close();
            CompletableFuture<byte[]> waiting =
                    world.run(PartyId.P0, LinkWorld.context(1), session -> session.operation("wait")
                            .receive(PartyId.P1, "never", 1));
            ProtocolAbortException abort = assertInstanceOf(ProtocolAbortException.class, LinkWorld.failureOf(waiting));
            assertEquals(Reason.PEER_LOST, abort.reason());
            assertEquals(Optional.of(PartyId.P1), abort.peer());
            assertEquals(Optional.empty(), abort.accused());
            assertTrue(world.network(PartyId.P0).currentEpoch().isPresent());
        }
    }

    @Test
    void theTapSeesWhatIsSentAndNothingElseDoes() throws Exception {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        FrameTap tap = (from, to, header, payload) -> {
            synchronized (seen) {
                seen.writeBytes(header);
                seen.writeBytes(payload);
            }
        };
        byte[] planted = "planted in the clear".getBytes(StandardCharsets.UTF_8);
        try (LinkWorld world = new LinkWorld()) {
            world.start(world.configuration(PartyId.P0), tap);
            world.start(PartyId.P1);
            world.start(PartyId.P2);
            world.awaitEpoch();
            world.network(PartyId.P0).sendControl(PartyId.P1, planted.clone());
            assertArrayEquals(
                    planted,
                    world.network(PartyId.P1).receiveControl(PartyId.P0, SOON).orElseThrow());
        }
        synchronized (seen) {
            String text = seen.toString(StandardCharsets.ISO_8859_1);
            assertTrue(text.contains("planted in the clear"));
        }
    }

    @Test
    void aClosedNetworkRefusesEverything() {
        LinkWorld world = LinkWorld.connected();
        world.close();
        LinkNetwork network = world.network(PartyId.P0);
        assertThrows(ProtocolAbortException.class, () -> network.awaitEpoch(SOON));
        assertThrows(ProtocolAbortException.class, () -> network.sendControl(PartyId.P1, new byte[0]));
        assertThrows(ProtocolAbortException.class, () -> network.openSession(LinkWorld.context(9), Profile.S));
        assertFalse(network.currentEpoch().isPresent());
    }
}
