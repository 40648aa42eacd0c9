package io.veilflow.mpc.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.veilflow.mpc.party.PartyId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectorTest {
    private final LinkWorld world = new LinkWorld();
    private final ScheduledExecutorService deadlines = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void close() {
        deadlines.shutdownNow();
        world.close();
    }

    /** Otherwise a late word of an arrival would end the epoch that has just been made of that connection. */
    @Test
    void anArrivalIsToldBeforeItsConnectionCanBeTaken() throws Exception {
        CountDownLatch told = new CountDownLatch(2);
        CountDownLatch heard = new CountDownLatch(1);
        try (Connector listening = connector(PartyId.P0, peer -> {
                    told.countDown();
                    await(heard);
                });
                Connector one = connector(PartyId.P1, peer -> {});
                Connector two = connector(PartyId.P2, peer -> {});
                LinkSocket ofOne = one.dial(PartyId.P0);
                LinkSocket ofTwo = two.dial(PartyId.P0)) {
            CompletableFuture<Map<PartyId, LinkSocket>> taken =
                    CompletableFuture.supplyAsync(() -> arrivals(listening));
            await(told);
            assertThrows(TimeoutException.class, () -> taken.get(200, TimeUnit.MILLISECONDS));
            heard.countDown();
            Map<PartyId, LinkSocket> sockets = taken.get(10, TimeUnit.SECONDS);
            assertEquals(EnumSet.of(PartyId.P1, PartyId.P2), EnumSet.copyOf(sockets.keySet()));
            sockets.values().forEach(LinkSocket::close);
        }
    }

    private Connector connector(PartyId self, Consumer<PartyId> arrival) throws Exception {
        LinkConfiguration configuration = world.configuration(self);
        LinkCredentials credentials = world.identities.get(self.index()).credentials();
        return new Connector(configuration, new LinkTls(configuration, credentials), deadlines, arrival);
    }

    private static Map<PartyId, LinkSocket> arrivals(Connector connector) {
        try {
            return connector.awaitArrivals(List.of());
        } catch (LinkException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
