package io.veilflow.pipeline.chaos;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Profile;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.demo.ChainLife;
import io.veilflow.pipeline.demo.DemoFolder;
import io.veilflow.pipeline.demo.LocalNetwork;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.PostingPolicy;
import io.veilflow.pipeline.job.kind.Scenario;
import io.veilflow.pipeline.job.kind.ScenarioRequest;
import io.veilflow.pipeline.job.standard.MarketHealthJob;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

/** One run of a market job under kills, from the empty folder to the verdict. */
public final class Chaos {
    /** Patience with a process that comes back on a busy machine, beyond how long it was stopped. */
    private static final long PATIENCE_MILLIS = 300_000;

    private final ChaosRequest request;
    private final ChaosProgress progress;

    public Chaos(ChaosRequest request, ChaosProgress progress) {
        this.request = request;
        this.progress = progress;
    }

    /** @throws ChaosFailedException if not all could be done that was to be done */
    public ChaosResult run() throws IOException, InterruptedException {
        MarketHealthJob kind = new MarketHealthJob();
        ChaosPlan plan = plan(kind);
        Scenario scenario = scenario(kind, plan.windows());
        long limitMillis = PATIENCE_MILLIS + request.pauseMillis();
        try (DemoFolder folder = DemoFolder.create(request.keep());
                LocalNetwork network = LocalNetwork.prepare(
                        folder,
                        kind,
                        scenario,
                        Profile.M,
                        PostingPolicy.provenOnly(),
                        ChainLife.DURABLE,
                        request.keyCache(),
                        progress::preparing);
                FileBoard board = FileBoard.open(folder.board());
                Cast cast = Cast.start(network, limitMillis)) {
            Strikes strikes = new Strikes(network, board, cast, request.pauseMillis(), limitMillis);
            strikes.awaitBegin();
            for (Blow blow : plan.blows()) {
                long recoveryMillis = strikes.strike(blow);
                progress.struck(blow.toString(), blow.kills(), recoveryMillis);
            }
            progress.waitingForTheEnd(plan.windows());
            strikes.awaitEnd(plan.windows());
            Verdict verdict = Verdict.of(network, board, scenario);
            return new ChaosResult(
                    request.seed(),
                    strikes.kills(),
                    plan.windows(),
                    verdict.lost(),
                    verdict.doubled(),
                    verdict.wrong(),
                    strikes.recovery(),
                    strikes.pauses(),
                    strikes.refusedCopies(),
                    cast.holds(),
                    verdict.findings());
        }
    }

    /** Who is there does not depend on the number of windows. */
    private ChaosPlan plan(MarketHealthJob kind) {
        ChaosPlan.Roles roles = new ChaosPlan.Roles(
                Arrays.stream(PartyId.values()).map(EnrolledParty::writer).toList(),
                scenario(kind, 1).institutions().stream()
                        .map(Scenario.Institution::name)
                        .toList(),
                LocalNetwork.FEEDER);
        return ChaosPlan.of(new Random(request.seed()), request.kills(), roles, Cast.windowsIn(request.pauseMillis()));
    }

    private Scenario scenario(MarketHealthJob kind, int windows) {
        return kind.scenario(new ScenarioRequest(windows, request.slots(), request.seed(), Optional.empty()));
    }
}
