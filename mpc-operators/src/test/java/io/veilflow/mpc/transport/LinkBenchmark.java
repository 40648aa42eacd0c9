package io.veilflow.mpc.transport;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Operation;
import java.util.concurrent.CompletableFuture;

/** Round trip, throughput and time to an epoch over loopback, three parties in one process. Run by hand. */
final class LinkBenchmark {
    private static final int ROUND_TRIPS = 5_000;
    private static final int LARGE_BYTES = (1 << 20) - Frame.HEADER_BYTES;
    private static final int LARGE_MESSAGES = 400;

    private LinkBenchmark() {}

    public static void main(String[] arguments) {
        for (int k = 0; k < 5; k++) {
            long start = System.nanoTime();
            try (LinkWorld world = LinkWorld.connected()) {
                long micros = (System.nanoTime() - start) / 1_000;
                System.out.printf("keys, certificates and first epoch %d us%n", micros);
                epochAgain(world);
                roundTrips(world, 2 * k);
                throughput(world, 2 * k + 1);
            }
        }
    }

    private static void epochAgain(LinkWorld world) {
        long before = world.awaitEpoch();
        world.network(PartyId.P2).close();
        while (world.network(PartyId.P0).currentEpoch().orElse(-1) == before
                || world.network(PartyId.P1).currentEpoch().orElse(-1) == before) {
            Thread.onSpinWait();
        }
        long start = System.nanoTime();
        world.start(PartyId.P2);
        world.awaitEpoch();
        System.out.printf("epoch after the loss of a party %d us%n", (System.nanoTime() - start) / 1_000);
    }

    private static void roundTrips(LinkWorld world, long id) {
        CompletableFuture<Long> first = world.run(PartyId.P0, LinkWorld.context(id), session -> {
            Operation operation = session.operation("ping");
            long start = System.nanoTime();
            for (int k = 0; k < ROUND_TRIPS; k++) {
                operation.send(PartyId.P1, "ping", new byte[64]);
                operation.receive(PartyId.P1, "ping", 64);
            }
            return (System.nanoTime() - start) / ROUND_TRIPS;
        });
        CompletableFuture<Long> second = world.run(PartyId.P1, LinkWorld.context(id), session -> {
            Operation operation = session.operation("ping");
            for (int k = 0; k < ROUND_TRIPS; k++) {
                operation.receive(PartyId.P0, "ping", 64);
                operation.send(PartyId.P0, "ping", new byte[64]);
            }
            return 0L;
        });
        second.join();
        System.out.printf("round trip of 64 bytes %d ns%n", first.join());
    }

    private static void throughput(LinkWorld world, long id) {
        CompletableFuture<Long> receiver = world.run(PartyId.P1, LinkWorld.context(id), session -> {
            Operation operation = session.operation("bulk");
            long start = System.nanoTime();
            for (int k = 0; k < LARGE_MESSAGES; k++) {
                operation.receive(PartyId.P0, "bulk", LARGE_BYTES);
                operation.send(PartyId.P0, "more", new byte[0]);
            }
            return System.nanoTime() - start;
        });
        CompletableFuture<Long> sender = world.run(PartyId.P0, LinkWorld.context(id), session -> {
            Operation operation = session.operation("bulk");
            for (int k = 0; k < LARGE_MESSAGES; k++) {
                operation.send(PartyId.P1, "bulk", new byte[LARGE_BYTES]);
                if (k >= 2) {
                    operation.receive(PartyId.P1, "more", 0);
                }
            }
            return 0L;
        });
        sender.join();
        System.out.printf("one way %.0f MiB/s%n", LARGE_MESSAGES / (receiver.join() / 1e9));
    }
}
