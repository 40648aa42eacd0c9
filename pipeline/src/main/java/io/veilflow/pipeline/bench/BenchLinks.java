package io.veilflow.pipeline.bench;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.transport.FrameTap;
import io.veilflow.mpc.transport.LinkConfiguration;
import io.veilflow.mpc.transport.LinkCredentials;
import io.veilflow.mpc.transport.LinkLimits;
import io.veilflow.mpc.transport.LinkNetwork;
import io.veilflow.mpc.transport.PartyEndpoint;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.identity.PartyIdentity;
import io.veilflow.pipeline.identity.PublicIdentity;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One party's links in a measurement, and the places where it waits for the others. */
final class BenchLinks {
    static final Duration CONNECTION = Duration.ofSeconds(60);

    /** In the place of hashes that a measurement has not. */
    static final byte[] NOTHING = new byte[32];

    private static final Duration LINGER = Duration.ofSeconds(60);
    private static final long LOOK_AGAIN_MILLIS = 5;
    private static final int RUN_ID_BYTES = 16;

    private BenchLinks() {}

    /** @param ports where P0, P1 and P2 listen on this machine */
    static LinkNetwork network(BenchPlace place, PartyIdentity identity, List<Integer> ports) {
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
    static void awaitOthers(BenchPlace place) throws InterruptedException {
        long end = System.nanoTime() + LINGER.toNanos();
        while (System.nanoTime() < end
                && !Arrays.stream(PartyId.values()).map(place::figures).allMatch(Files::exists)) {
            Thread.sleep(LOOK_AGAIN_MILLIS);
        }
    }

    /** Goes on when all three are ready, so that no run is measured while another still works. */
    static void meet(Session session) {
        Operation meeting = session.operation("meeting");
        for (PartyId peer : List.of(session.self().next(), session.self().previous())) {
            meeting.send(peer, "ready", new byte[0]);
        }
        for (PartyId peer : List.of(session.self().next(), session.self().previous())) {
            meeting.receive(peer, "ready", 0);
        }
    }
}
