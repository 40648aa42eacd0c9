package io.veilflow.pipeline.bench;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.local.TemporaryFolder;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/** Starts three party processes for one measurement and makes one result of theirs. */
public final class MpcBench {
    /** A party of a measurement runs long and is measured: the optimising compiler, memory that it never waits for. */
    static final List<String> VIRTUAL_MACHINE = List.of("-Xms1200m", "-Xmx2500m", "-Xmn900m", "-XX:+UseSerialGC");

    private static final long LIMIT_MINUTES = 10;

    private MpcBench() {}

    /** @throws BenchFailedException if a party ended with an error or has not ended in ten minutes */
    public static BenchResult run(BenchRequest request) throws IOException, InterruptedException {
        try (TemporaryFolder folder = TemporaryFolder.create("veilflow-bench")) {
            BenchPlace place = new BenchPlace(folder.root());
            place.createIdentities(new SecureRandom());
            List<String> command = List.of(
                    "bench",
                    "party",
                    "--profile",
                    request.profile().name(),
                    "--bench",
                    request.benchmark().text(),
                    "--batch",
                    Integer.toString(request.batch()),
                    "--warm-ups",
                    Integer.toString(request.runs().warmUps()),
                    "--runs",
                    Integer.toString(request.runs().measured()));
            BenchProcesses.run(place, VIRTUAL_MACHINE, command, LIMIT_MINUTES);
            return BenchResult.of(
                    request,
                    Arrays.stream(PartyId.values())
                            .map(party -> PartyFigures.read(place.figures(party)))
                            .toList());
        }
    }
}
