package io.veilflow.pipeline.bench;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.Opening;
import io.veilflow.mpc.session.MeasuredSession;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.SessionContext;
import io.veilflow.mpc.transport.LinkNetwork;
import io.veilflow.nativelib.ProvingKeyHandle;
import io.veilflow.pipeline.evaluate.RuleOnShares;
import io.veilflow.pipeline.evaluate.SharedReading;
import io.veilflow.pipeline.identity.PartyIdentity;
import io.veilflow.pipeline.prove.ProvenWindow;
import io.veilflow.pipeline.prove.WindowBook;
import io.veilflow.pipeline.prove.WindowProof;
import io.veilflow.zk.commitment.G1Point;
import io.veilflow.zk.key.JobKeys;
import io.veilflow.zk.key.KeyCache;
import io.veilflow.zk.verify.ProofVerifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One party's process in a measurement of whole windows: from the shares of a sealed manifest's books to a proof that this party
 * has verified, in profile M. The outputs are opened over the links; in a party they go over the board, which adds what its
 * files take.
 */
public final class PartyProveBench {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PEAK = "VmHWM:";
    private static final int KILO = 1_024;

    private final ProveMarket market;
    private final JobKeys keys;
    private final ProvingKeyHandle key;
    private final PartyId self;
    private final G1Point expected;

    private PartyProveBench(ProveMarket market, JobKeys keys, ProvingKeyHandle key, PartyId self) {
        this.market = market;
        this.keys = keys;
        this.key = key;
        this.self = self;
        this.expected = market.commitment(keys.basis());
    }

    /**
     * Connects, warms up, measures, and leaves the figures in the folder.
     *
     * @param folder as {@link ProveBench} has made it
     * @param ports where P0, P1 and P2 listen on this machine
     * @throws BenchFailedException if a result is wrong
     */
    public static void run(ProveRequest request, PartyId self, Path folder, List<Integer> ports)
            throws InterruptedException {
        BenchPlace place = new BenchPlace(folder);
        ProveMarket market = new ProveMarket(request.positions(), request.assets());
        JobKeys keys = new KeyCache(request.keys()).keysOf(market.rule());
        try (ProvingKeyHandle key = keys.loadProvingKey();
                PartyIdentity identity = place.open(self);
                LinkNetwork network = BenchLinks.network(place, identity, ports)) {
            network.start();
            network.awaitEpoch(BenchLinks.CONNECTION);
            PartyProveBench bench = new PartyProveBench(market, keys, key, self);
            PartyFigures.write(place.figures(self), bench.measure(network, request));
            BenchLinks.awaitOthers(place);
        }
    }

    private ProvePartyFigures measure(LinkNetwork network, ProveRequest request) {
        List<Long> nanos = new ArrayList<>();
        long bytes = 0;
        for (int window = 0; window < request.runs().all(); window++) {
            SessionContext context = new SessionContext(
                    BenchLinks.NOTHING,
                    SessionContext.Kind.WINDOW,
                    window,
                    BenchLinks.NOTHING,
                    1,
                    market.rule().hash());
            try (MeasuredSession session = network.openSession(context, Profile.M)) {
                BenchLinks.meet(session);
                long start = System.nanoTime();
                ProvenWindow proven = prove(session, window);
                long took = System.nanoTime() - start;
                if (window >= request.runs().warmUps()) {
                    nanos.add(took);
                }
                if (window == 0 && !proven.statement().equals(market.statement(window))) {
                    throw new BenchFailedException("the window has another result than the rule in the clear");
                }
                bytes = session.figures().stream()
                        .mapToLong(MeasuredSession.OperationFigures::bytes)
                        .sum();
            }
        }
        return new ProvePartyFigures(nanos, bytes, peakRssBytes());
    }

    private ProvenWindow prove(MeasuredSession session, long window) {
        try (WindowBook book = WindowBook.of(market.rule(), List.of(market.held(self)));
                SharedReading reading = RuleOnShares.evaluate(
                        session, market.rule(), book.numbers(), market.publicInputs(), market.used())) {
            WindowProof proof = new WindowProof(
                    session, market.rule(), key, (opening, outputs) -> new Opening(opening.operation("outputs"))
                            .open(outputs, "outputs"));
            ProvenWindow proven = proof.prove(
                    market.context(window), market.publicInputs(), market.used(), reading, book.mask(), expected);
            if (!new ProofVerifier(keys.verifyingKey())
                    .verify(proven.statement(), proven.proof(), expected)
                    .accepted()) {
                throw new BenchFailedException("the proof does not hold");
            }
            return proven;
        }
    }

    private static long peakRssBytes() {
        if (!Files.isReadable(STATUS)) {
            return 0;
        }
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(PEAK))
                    .mapToLong(line -> KILO * Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
