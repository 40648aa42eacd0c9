package io.veilflow.mpc.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.NetworkListener;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A party that speaks in another's name, or says again what it said to a party that has restarted since. P2 is corrupted. */
class LinkReplayAdversaryTest {
    private static final byte[] CONTEXT = FrameNames.contextHash(LinkWorld.context(1));
    private static final byte[] GOOD = {1, 2, 3, 4};
    private static final long SECONDS = 10;

    @Test
    @DisplayName(
            "B3: a sender that names another party than its certificate does is refused and reported, in the handshake")
    void aSenderThatIsNotTheChannelsPeer() throws Exception {
        try (LinkWorld world = new LinkWorld()) {
            BlockingQueue<ProtocolAbortException> failures = new LinkedBlockingQueue<>();
            world.start(PartyId.P0).addListener(new Failures(failures));
            world.start(PartyId.P1).addListener(new Failures(failures));
            LinkConfiguration configuration = world.configuration(PartyId.P2);
            LinkTls tls = new LinkTls(configuration, world.identities.get(2).credentials());
            ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor();
            try (Connector connector = new Connector(configuration, tls, deadlines, peer -> {})) {
                for (PartyId peer : List.of(PartyId.P0, PartyId.P1)) {
                    byte[] hello = new byte[128];
                    hello[3] = LinkConfiguration.PROTOCOL_VERSION;
                    hello[7] = (byte) (1 - peer.index());
                    LinkSocket socket = connector.dial(peer);
                    socket.out().write(new Frame(new byte[16], new byte[32], 0, FrameNames.HELLO, hello).header());
                    socket.out().write(hello);
                    socket.out().flush();
                }
                ProtocolAbortException failure = failures.poll(SECONDS, TimeUnit.SECONDS);
                while (failure != null && failure.reason() != Reason.CONFIGURATION) {
                    failure = failures.poll(SECONDS, TimeUnit.SECONDS);
                }
                assertNotNull(failure, "nothing was reported");
                assertEquals(PartyId.P2, failure.peer().orElseThrow());
                assertTrue(failure.getMessage().contains("party index (against its certificate)"));
            } finally {
                deadlines.shutdownNow();
            }
        }
    }

    @Test
    @DisplayName("B4: a message from before a party's restart is refused after it, and the right one is taken")
    void aMessageOfBeforeARestart() throws Exception {
        try (LinkWorld world = new LinkWorld()) {
            LinkNetwork before = world.start(PartyId.P0);
            world.start(PartyId.P1);
            Frame old;
            long epoch;
            try (CorruptParty p2 = new CorruptParty(world)) {
                epoch = before.awaitEpoch(Duration.ofSeconds(SECONDS));
                old = p2.frame(CONTEXT, 0, "op", "m", GOOD);
                p2.write(PartyId.P0, old);
                assertArrayEquals(GOOD, received(world));
            }
            before.close();
            // the journal of epochs is all that a restarted party brings along
            LinkNetwork after = world.start(PartyId.P0);
            BlockingQueue<ProtocolAbortException> ends = new LinkedBlockingQueue<>();
            after.addListener(new Failures(ends));
            try (CorruptParty p2 = new CorruptParty(world)) {
                assertTrue(after.awaitEpoch(Duration.ofSeconds(SECONDS)) > epoch, "an epoch number twice");
                p2.write(PartyId.P0, old);
                ProtocolAbortException end = ends.poll(SECONDS, TimeUnit.SECONDS);
                while (end != null && end.reason() != Reason.UNEXPECTED_MESSAGE) {
                    end = ends.poll(SECONDS, TimeUnit.SECONDS);
                }
                assertNotNull(end, "the old message was not refused");
            }
            try (CorruptParty p2 = new CorruptParty(world)) {
                after.awaitEpoch(Duration.ofSeconds(SECONDS));
                p2.write(PartyId.P0, p2.frame(CONTEXT, 0, "op", "m", GOOD));
                assertArrayEquals(GOOD, received(world));
            }
        }
    }

    private static byte[] received(LinkWorld world) throws Exception {
        CompletableFuture<byte[]> message =
                world.run(PartyId.P0, LinkWorld.context(1), session -> session.operation("op")
                        .receive(PartyId.P2, "m", GOOD.length));
        return message.get(SECONDS, TimeUnit.SECONDS);
    }

    private record Failures(BlockingQueue<ProtocolAbortException> queue) implements NetworkListener {
        @Override
        public void epochStarted(long epoch) {}

        @Override
        public void epochEnded(long epoch, ProtocolAbortException cause) {
            queue.add(cause);
        }

        @Override
        public void connectionFailed(ProtocolAbortException cause) {
            queue.add(cause);
        }
    }
}
