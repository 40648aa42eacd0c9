package io.veilflow.pipeline.bench;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.MeasuredSession;
import io.veilflow.mpc.session.SessionContext;
import io.veilflow.mpc.transport.LinkNetwork;
import io.veilflow.mpc.verification.Verification;
import io.veilflow.pipeline.identity.PartyIdentity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One party's process in a measurement. Every run is a session of its own, opened when all three are ready for it, so that
 * no run is measured while another still works.
 */
public final class PartyBench {
    private static final String MEASURED = "measured";
    private static final String VERIFICATION = "verification";

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
                LinkNetwork network = BenchLinks.network(place, identity, ports)) {
            network.start();
            network.awaitEpoch(BenchLinks.CONNECTION);
            bench.measure(network).write(place.figures(self));
            BenchLinks.awaitOthers(place);
        }
    }

    private PartyFigures measure(LinkNetwork network) {
        List<Long> nanos = new ArrayList<>();
        PartyFigures last = null;
        for (int run = 0; run < request.runs().all(); run++) {
            last = run(network, run, run == 0);
            if (run >= request.runs().warmUps()) {
                nanos.addAll(last.nanos());
            }
        }
        return new PartyFigures(nanos, last.rounds(), last.bytes());
    }

    private PartyFigures run(LinkNetwork network, int run, boolean checked) {
        SessionContext context = new SessionContext(
                BenchLinks.NOTHING, SessionContext.Kind.WINDOW, run, BenchLinks.NOTHING, 1, BenchLinks.NOTHING);
        try (MeasuredSession session = network.openSession(context, request.profile())) {
            BenchLinks.meet(session);
            long start = System.nanoTime();
            Workload.Computed computed = workload.run(session, MEASURED);
            // Nothing in profile S, whose ledger stays empty.
            new Verification(session.operation(VERIFICATION), "dzkp").run();
            long nanos = System.nanoTime() - start;
            if (checked && !computed.isRight(session.operation("check"))) {
                throw new BenchFailedException(request.benchmark().text() + ": the result is wrong");
            }
            long rounds = 0;
            long bytes = 0;
            for (MeasuredSession.OperationFigures figures : session.figures()) {
                if (figures.path().startsWith(MEASURED) || figures.path().equals(VERIFICATION)) {
                    rounds += figures.rounds();
                    bytes += figures.bytes();
                }
            }
            return new PartyFigures(List.of(nanos), rounds, bytes);
        }
    }
}
