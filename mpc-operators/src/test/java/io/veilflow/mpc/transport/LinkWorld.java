package io.veilflow.mpc.transport;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.MeasuredSession;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.SessionContext;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Three parties joined by TLS links over loopback, in one process: for tests only. */
final class LinkWorld implements AutoCloseable {
    static final LinkLimits LIMITS = new LinkLimits(
            1 << 20,
            1000,
            8 << 20,
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofMillis(200));

    final List<TestIdentity> identities = List.of(TestIdentity.create(), TestIdentity.create(), TestIdentity.create());
    final List<PartyEndpoint> endpoints = new ArrayList<>();
    final List<MemoryEpochLog> logs = List.of(new MemoryEpochLog(), new MemoryEpochLog(), new MemoryEpochLog());
    final Map<PartyId, LinkNetwork> networks = new EnumMap<>(PartyId.class);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    LinkWorld() {
        for (TestIdentity identity : identities) {
            endpoints.add(identity.endpoint(freePort()));
        }
    }

    // Below the range from which the system takes ports of outgoing connections: a party that restarts binds its port
    // again.
    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket free = new ServerSocket(port)) {
                return free.getLocalPort();
            } catch (IOException taken) {
                // The next one, then.
            }
        }
    }

    /** All three connected. */
    static LinkWorld connected() {
        LinkWorld world = new LinkWorld();
        for (PartyId party : PartyId.values()) {
            world.start(party);
        }
        world.awaitEpoch();
        return world;
    }

    LinkConfiguration configuration(PartyId party) {
        return configuration(party, LIMITS);
    }

    LinkConfiguration configuration(PartyId party, LinkLimits limits) {
        return new LinkConfiguration(party, endpoints, new byte[32], new byte[32], new byte[16], limits);
    }

    LinkNetwork start(PartyId party) {
        return start(configuration(party));
    }

    LinkNetwork start(LinkConfiguration configuration) {
        return start(configuration, FrameTap.none());
    }

    LinkNetwork start(LinkConfiguration configuration, FrameTap tap) {
        PartyId party = configuration.self();
        LinkNetwork network = new LinkNetwork(
                configuration, identities.get(party.index()).credentials(), logs.get(party.index()), tap);
        networks.put(party, network);
        network.start();
        return network;
    }

    LinkNetwork network(PartyId party) {
        return networks.get(party);
    }

    /** Waits until all are in the same epoch. */
    long awaitEpoch() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < end) {
            long[] epochs = networks.values().stream()
                    .mapToLong(network -> network.awaitEpoch(Duration.ofSeconds(20)))
                    .distinct()
                    .toArray();
            boolean all = networks.values().stream()
                    .allMatch(network -> network.currentEpoch().orElse(-1) == epochs[0]);
            if (epochs.length == 1 && all) {
                return epochs[0];
            }
        }
        throw new AssertionError("the parties did not reach one epoch");
    }

    static SessionContext context(long id) {
        return new SessionContext(new byte[32], SessionContext.Kind.WINDOW, id, new byte[32], 1, new byte[32]);
    }

    /** Runs a program in a session at every party; each future ends with its result or failure. */
    <T> Map<PartyId, CompletableFuture<T>> run(SessionContext context, Function<MeasuredSession, T> program) {
        Map<PartyId, CompletableFuture<T>> running = new EnumMap<>(PartyId.class);
        for (PartyId party : networks.keySet()) {
            running.put(party, run(party, context, program));
        }
        return running;
    }

    <T> CompletableFuture<T> run(PartyId party, SessionContext context, Function<MeasuredSession, T> program) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (MeasuredSession session = network(party).openSession(context, Profile.S)) {
                        return program.apply(session);
                    }
                },
                threads);
    }

    static Throwable failureOf(CompletableFuture<?> future) {
        try {
            Object result = future.get(20, TimeUnit.SECONDS);
            throw new AssertionError("ended with " + result);
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        networks.values().forEach(LinkNetwork::close);
        threads.shutdownNow();
    }
}
