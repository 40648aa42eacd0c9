package io.veilflow.pipeline.bench;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.nativelib.NativeProver;
import io.veilflow.nativelib.ProverTimes;
import io.veilflow.nativelib.ProvingKeyHandle;
import io.veilflow.pipeline.local.TemporaryFolder;
import io.veilflow.zk.key.JobKeys;
import io.veilflow.zk.key.KeyCache;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/** Measures the prover: first one party's and gnark's alone in this process, then whole windows in three party processes. */
public final class ProveBench {
    /** Room for 1,024 positions; the collector with the least threads, since three parties share the processors. */
    static final List<String> VIRTUAL_MACHINE = List.of("-Xms400m", "-Xmx2500m", "-Xmn300m", "-XX:+UseSerialGC");

    private static final long LIMIT_MINUTES = 20;
    private static final int RUNS_ALONE = 3;

    private ProveBench() {}

    /**
     * Takes as long as a setup more where the keys are not there yet.
     *
     * @throws BenchFailedException if a party ended with an error or has not ended in twenty minutes
     */
    public static ProveResult run(ProveRequest request) throws IOException, InterruptedException {
        ProveMarket market = new ProveMarket(request.positions(), request.assets());
        JobKeys keys = new KeyCache(request.keys()).keysOf(market.rule());
        ProverTimes alone;
        try (ProvingKeyHandle key = keys.loadProvingKey()) {
            alone = NativeProver.measure(key, market.inputs(), RUNS_ALONE);
        }
        try (TemporaryFolder folder = TemporaryFolder.create("veilflow-bench")) {
            BenchPlace place = new BenchPlace(folder.root());
            place.createIdentities(new SecureRandom());
            List<String> command = List.of(
                    "bench",
                    "prover",
                    "--positions",
                    Integer.toString(request.positions()),
                    "--assets",
                    Integer.toString(request.assets()),
                    "--keys",
                    request.keys().toAbsolutePath().toString(),
                    "--warm-ups",
                    Integer.toString(request.runs().warmUps()),
                    "--runs",
                    Integer.toString(request.runs().measured()));
            BenchProcesses.run(place, VIRTUAL_MACHINE, command, LIMIT_MINUTES);
            List<ProvePartyFigures> figures = Arrays.stream(PartyId.values())
                    .map(party -> PartyFigures.read(place.figures(party), ProvePartyFigures.class))
                    .toList();
            return ProveResult.of(request.positions(), keys.circuit().constraints(), alone, figures);
        }
    }
}
