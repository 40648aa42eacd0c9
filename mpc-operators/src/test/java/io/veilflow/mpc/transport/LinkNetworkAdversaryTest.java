package io.veilflow.mpc.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.MeasuredSession;
import io.veilflow.mpc.session.NetworkListener;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** P2 is corrupted after the handshake; P0 waits in a session for its message "m" of 4 bytes at path "op". */
class LinkNetworkAdversaryTest {
    private static final byte[] CONTEXT = FrameNames.contextHash(LinkWorld.context(1));
    private static final byte[] GOOD = {1, 2, 3, 4};

    private final LinkWorld world = new LinkWorld();
    private final BlockingQueue<ProtocolAbortException> ends = new LinkedBlockingQueue<>();
    private CorruptParty p2;

    @BeforeEach
    void connect() throws Exception {
        LinkNetwork p0 = world.start(PartyId.P0);
        world.start(PartyId.P1);
        p0.addListener(new NetworkListener() {
            @Override
            public void epochStarted(long epoch) {}

            @Override
            public void epochEnded(long epoch, ProtocolAbortException cause) {
                ends.add(cause);
            }

            @Override
            public void connectionFailed(ProtocolAbortException cause) {}
        });
        p2 = new CorruptParty(world);
        p0.awaitEpoch(Duration.ofSeconds(10));
    }

    @AfterEach
    void close() {
        p2.close();
        world.close();
    }

    @Test
    void theRightMessageIsTaken() throws Exception {
        p2.write(PartyId.P0, p2.frame(CONTEXT, 0, "op", "m", GOOD));
        assertArrayEquals(GOOD, p0Receives().get(10, TimeUnit.SECONDS));
    }

    @Test
    void b4AMessageSentAgainIsRefused() throws Exception {
        p2.write(PartyId.P0, p2.frame(CONTEXT, 0, "op", "m", GOOD));
        assertArrayEquals(GOOD, p0Receives().get(10, TimeUnit.SECONDS));
        p2.write(PartyId.P0, p2.frame(CONTEXT, 0, "op", "m", GOOD));
        assertEpochEnds(Reason.UNEXPECTED_MESSAGE);
    }

    @Test
    void b4AMessageOutOfOrderIsRefused() throws Exception {
        p2.write(PartyId.P0, p2.frame(CONTEXT, 1, "op", "m", GOOD));
        assertEpochEnds(Reason.UNEXPECTED_MESSAGE);
    }

    @Test
    void b4AMessageOfAnEarlierEpochIsRefused() throws Exception {
        p2.write(PartyId.P0, p2.frameOfEpoch(new byte[16], CONTEXT, "op", "m", GOOD));
        assertEpochEnds(Reason.UNEXPECTED_MESSAGE);
    }

    @Test
    void b5AMessageOfAnotherPlaceEndsTheSessionOnly() throws Exception {
        long sequence = 0;
        for (String[] place : new String[][] {{"op", "other"}, {"other", "m"}, {"o", "pm"}}) {
            long id = 100 + place[0].length() + place[1].length();
            byte[] context = FrameNames.contextHash(LinkWorld.context(id));
            p2.write(PartyId.P0, p2.frame(context, sequence++, place[0], place[1], GOOD));
            assertAborts(Reason.UNEXPECTED_MESSAGE, p0Runs(id, session -> receive(session)));
        }
        assertTrue(world.network(PartyId.P0).currentEpoch().isPresent());
    }

    @Test
    void b5AMessageOfAnotherSessionDisturbsNothing() throws Exception {
        byte[] elsewhere = FrameNames.contextHash(LinkWorld.context(2));
        p2.write(PartyId.P0, p2.frame(elsewhere, 0, "op", "m", new byte[] {9, 9, 9, 9}));
        p2.write(PartyId.P0, p2.frame(CONTEXT, 1, "op", "m", GOOD));
        assertArrayEquals(GOOD, p0Receives().get(10, TimeUnit.SECONDS));
    }

    @Test
    void b6ACutOrExtendedMessageIsRefused() throws Exception {
        p2.write(PartyId.P0, p2.frame(CONTEXT, 0, "op", "m", new byte[3]));
        assertAborts(Reason.LENGTH, p0Receives());
        byte[] next = FrameNames.contextHash(LinkWorld.context(2));
        p2.write(PartyId.P0, p2.frame(next, 1, "op", "m", new byte[5]));
        assertAborts(Reason.LENGTH, p0Runs(2, LinkNetworkAdversaryTest::receive));
        assertTrue(world.network(PartyId.P0).currentEpoch().isPresent());
    }

    @Test
    void b6ABrokenOffFrameIsALostPeer() throws Exception {
        byte[] header = p2.frame(CONTEXT, 0, "op", "m", GOOD).header();
        p2.writeBytes(PartyId.P0, header);
        p2.writeBytes(PartyId.P0, new byte[] {1, 2});
        CompletableFuture<byte[]> waiting = p0Receives();
        p2.close();
        assertEquals(
                Reason.PEER_LOST,
                assertInstanceOf(ProtocolAbortException.class, LinkWorld.failureOf(waiting))
                        .reason());
    }

    @Test
    void b7AClaimedLengthOverTheLimitIsRefusedBeforeMemoryIsTaken() throws Exception {
        int length = LinkWorld.LIMITS.frameBytes() + 1;
        p2.writeBytes(PartyId.P0, ByteBuffer.allocate(4).putInt(length).array());
        assertEpochEnds(Reason.LENGTH);
    }

    @Test
    void b7ANegativeLengthIsRefused() throws Exception {
        p2.writeBytes(PartyId.P0, ByteBuffer.allocate(4).putInt(-1).array());
        assertEpochEnds(Reason.LENGTH);
    }

    @Test
    void b7ALengthBelowTheHeaderIsRefused() throws Exception {
        p2.writeBytes(
                PartyId.P0,
                ByteBuffer.allocate(4).putInt(Frame.HEADER_BYTES - 1).array());
        assertEpochEnds(Reason.LENGTH);
    }

    @Test
    void b7ManySmallMessagesExhaustNothing() throws Exception {
        int bound = LinkWorld.LIMITS.queuedFrames() + 1;
        for (int k = 0; k < bound; k++) {
            p2.write(PartyId.P0, p2.frame(CONTEXT, k, "op", "m", GOOD));
        }
        assertEpochEnds(Reason.OVERLOAD);
    }

    @Test
    void b7ManySessionsThatNobodyOpensExhaustNothing() throws Exception {
        for (int k = 0; k < 17; k++) {
            byte[] context = FrameNames.contextHash(LinkWorld.context(1000 + k));
            p2.write(PartyId.P0, p2.frame(context, k, "op", "m", GOOD));
        }
        assertEpochEnds(Reason.OVERLOAD);
    }

    /** It says in time that it is alive, but what this party sends it stays in its socket until no more fits. */
    @Test
    void b8APeerThatTalksButDoesNotReadIsCutOff() throws Exception {
        CompletableFuture<byte[]> sending = p0Runs(1, session -> {
            Operation operation = session.operation("op");
            while (true) {
                operation.send(PartyId.P2, "m", new byte[8 << 10]);
            }
        });
        ProtocolAbortException cause = null;
        for (int k = 0; cause == null && k < 60; k++) {
            for (PartyId peer : new PartyId[] {PartyId.P0, PartyId.P1}) {
                p2.write(peer, p2.frame(new byte[32], k, "", "alive", new byte[0]));
            }
            cause = ends.poll(500, TimeUnit.MILLISECONDS);
        }
        assertEquals(Reason.TIMEOUT, cause.reason(), cause.getMessage());
        assertTrue(cause.getMessage().contains("has not read"), cause.getMessage());
        assertEquals(Optional.of(PartyId.P2), cause.peer());
        assertEquals(Optional.empty(), cause.accused());
        assertInstanceOf(ProtocolAbortException.class, LinkWorld.failureOf(sending));
    }

    @Test
    void b11ALateMessageOfAClosedSessionIsDropped() throws Exception {
        p2.write(PartyId.P0, p2.frame(CONTEXT, 0, "op", "m", GOOD));
        p0Receives().get(10, TimeUnit.SECONDS);
        p2.write(PartyId.P0, p2.frame(CONTEXT, 1, "op", "late", GOOD));
        byte[] next = FrameNames.contextHash(LinkWorld.context(2));
        p2.write(PartyId.P0, p2.frame(next, 2, "op", "m", GOOD));
        assertArrayEquals(GOOD, p0Runs(2, LinkNetworkAdversaryTest::receive).get(10, TimeUnit.SECONDS));
    }

    @Test
    void b11AnUnknownControlFrameEndsTheEpochByName() throws Exception {
        p2.write(PartyId.P0, p2.frame(new byte[32], 0, "", "nonsense", GOOD));
        assertEpochEnds(Reason.UNEXPECTED_MESSAGE);
    }

    private static byte[] receive(MeasuredSession session) {
        return session.operation("op").receive(PartyId.P2, "m", GOOD.length);
    }

    private CompletableFuture<byte[]> p0Receives() {
        return p0Runs(1, LinkNetworkAdversaryTest::receive);
    }

    private CompletableFuture<byte[]> p0Runs(long id, Function<MeasuredSession, byte[]> program) {
        return world.run(PartyId.P0, LinkWorld.context(id), program);
    }

    private static void assertAborts(Reason reason, CompletableFuture<byte[]> running) {
        ProtocolAbortException abort = assertInstanceOf(ProtocolAbortException.class, LinkWorld.failureOf(running));
        assertEquals(reason, abort.reason(), abort.getMessage());
        assertEquals(Optional.of(PartyId.P2), abort.accused());
    }

    private void assertEpochEnds(Reason reason) throws InterruptedException, IOException {
        ProtocolAbortException cause = ends.poll(10, TimeUnit.SECONDS);
        assertEquals(reason, cause.reason(), cause.getMessage());
        assertEquals(Optional.of(PartyId.P2), cause.peer());
        // a flood may be the fault of whoever held this party up
        assertEquals(reason == Reason.OVERLOAD ? Optional.empty() : Optional.of(PartyId.P2), cause.accused());
    }
}
