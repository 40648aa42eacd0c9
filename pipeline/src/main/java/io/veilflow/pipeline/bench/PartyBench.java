package io.veilflow.pipeline.bench;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.MeasuredSession;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.SessionContext;
import io.veilflow.mpc.transport.FrameTap;
import io.veilflow.mpc.transport.LinkConfiguration;
import io.veilflow.mpc.transport.LinkCredentials;
import io.veilflow.mpc.transport.LinkLimits;
import io.veilflow.mpc.transport.LinkNetwork;
import io.veilflow.mpc.transport.PartyEndpoint;
import io.veilflow.mpc.verification.Verification;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.identity.PartyIdentity;
import io.veilflow.pipeline.identity.PublicIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One party's process in a measurement. Every run is a session of its own, opened when all three are ready for it, so that
 * no run is measured while another still works.
 */
public final class PartyBench {
    private static final Duration CONNECTION = Duration.ofSeconds(60);
    private static final Duration LINGER = Duration.ofSeconds(60);
    private static final long LOOK_AGAIN_MILLIS = 5;
    private static final int RUN_ID_BYTES = 16;
    private static final String MEASURED = "measured";
    private static final String VERIFICATION = "verification";
    private static final byte[] NOTHING = new byte[32];

    private final BenchRequest request;
    private final PartyId self;
    private final Workload workload;

    private PartyBench(BenchRequest request, PartyId self) {
        this.request = request;
        this.self = self;
        this.workload = request.benchmark().workload(self, request.batch());
    }

    /**
     * Connects, warms up, measures, and leaves the figures in the folder.
     *
     * @param folder as {@link MpcBench} has made it
     * @param ports where P0, P1 and P2 listen on this machine
     * @throws BenchFailedException if a result is wrong
     */
    public static void run(BenchRequest request, PartyId self, Path folder, List<Integer> ports)
            throws InterruptedException {
        BenchPlace place = new BenchPlace(folder);
        PartyBench bench = new PartyBench(request, self);
        try (PartyIdentity identity = place.open(self);
                LinkNetwork network = network(place, identity, ports)) {
            network.start();
            network.awaitEpoch(CONNECTION);
            bench.measure(network).write(place.figures(self));
            awaitOthers(place);
        }
    }

    private static LinkNetwork network(BenchPlace place, PartyIdentity identity, List<Integer> ports) {
        List<PartyEndpoint> endpoints = new ArrayList<>();
        byte[] configuration = NOTHING;
        for (PartyId party : PartyId.values()) {
            PublicIdentity known = place.readPublic(party);
            byte[] pin = known.party().orElseThrow().certificatePin();
            endpoints.add(new PartyEndpoint(
                    "127.0.0.1",
                    ports.get(party.index()),
                    pin,
                    known.identityKey().bytes()));
            configuration = Hashes.sha256Fields("veilflow/bench/1", configuration, pin);
        }
        LinkConfiguration links = new LinkConfiguration(
                identity.party(),
                endpoints,
                configuration,
                NOTHING,
                Arrays.copyOf(configuration, RUN_ID_BYTES),
                LinkLimits.defaults());
        LinkCredentials credentials =
                new LinkCredentials(identity.tlsKey(), identity.certificate(), identity.signingKey()::sign);
        return new LinkNetwork(links, credentials, new OneRunEpochs(), FrameTap.none());
    }

    /** Who hangs up first ends the epoch, and with it whatever a slower party has still to read. */
    private static void awaitOthers(BenchPlace place) throws InterruptedException {
        long end = System.nanoTime() + LINGER.toNanos();
        while (System.nanoTime() < end
                && !Arrays.stream(PartyId.values()).map(place::figures).allMatch(Files::exists)) {
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    private PartyFigures measure(LinkNetwork network) {
        int warmUps = request.benchmark().warmUps();
        List<Long> nanos = new ArrayList<>();
        PartyFigures last = null;
        for (int run = 0; run < warmUps + request.benchmark().runs(); run++) {
            last = run(network, run, run == 0);
            if (run >= warmUps) {
                nanos.addAll(last.nanos());
            }
        }
        return new PartyFigures(nanos, last.rounds(), last.bytes());
    }

    private PartyFigures run(LinkNetwork network, int run, boolean checked) {
        SessionContext context = new SessionContext(NOTHING, SessionContext.Kind.WINDOW, run, NOTHING, 1, NOTHING);
        try (MeasuredSession session = network.openSession(context, request.profile())) {
            awaitAll(session.operation("meeting"));
            long start = System.nanoTime();
            Workload.Computed computed = workload.run(session.operation(MEASURED));
            // Nothing in profile S, whose ledger stays empty.
            new Verification(session.operation(VERIFICATION), "dzkp").run();
            long nanos = System.nanoTime() - start;
            if (checked && !computed.isRight(session.operation("check"))) {
                throw new BenchFailedException(request.benchmark().text() + ": the result is wrong");
            }
            long rounds = 0;
            long bytes = 0;
            for (MeasuredSession.OperationFigures figures : session.figures()) {
                if (figures.path().equals(MEASURED) || figures.path().equals(VERIFICATION)) {
                    rounds += figures.rounds();
                    bytes += figures.bytes();
                }
            }
            return new PartyFigures(List.of(nanos), rounds, bytes);
        }
    }

    private void awaitAll(Operation meeting) {
        for (PartyId peer : List.of(self.next(), self.previous())) {
            meeting.send(peer, "ready", new byte[0]);
        }
        for (PartyId peer : List.of(self.next(), self.previous())) {
            meeting.receive(peer, "ready", 0);
        }
    }
}
