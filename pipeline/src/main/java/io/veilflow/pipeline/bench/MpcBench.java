package io.veilflow.pipeline.bench;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.local.ChildProcess;
import io.veilflow.pipeline.local.FreePorts;
import io.veilflow.pipeline.local.TemporaryFolder;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Starts three party processes for one measurement and makes one result of theirs. */
public final class MpcBench {
    /** A party of a measurement runs long and is measured: the optimising compiler, memory that it never waits for. */
    static final List<String> VIRTUAL_MACHINE = List.of("-Xms1200m", "-Xmx2500m", "-Xmn900m", "-XX:+UseSerialGC");

    private static final long LIMIT_MINUTES = 10;
    private static final long LOOK_AGAIN_MILLIS = 20;

    private MpcBench() {}

    /** @throws BenchFailedException if a party ended with an error or has not ended in ten minutes */
    public static BenchResult run(BenchRequest request) throws IOException, InterruptedException {
        List<ChildProcess> parties = new ArrayList<>();
        try (TemporaryFolder folder = TemporaryFolder.create("veilflow-bench")) {
            BenchPlace place = new BenchPlace(folder.root());
            place.createIdentities(new SecureRandom());
            String ports = FreePorts.find(PartyId.values().length).stream()
                    .map(String::valueOf)
                    .collect(Collectors.joining(","));
            try {
                for (PartyId party : PartyId.values()) {
                    parties.add(ChildProcess.start(
                            EnrolledParty.writer(party),
                            VIRTUAL_MACHINE,
                            arguments(request, party, place, ports),
                            place.log(party)));
                }
                awaitEnd(parties);
                return BenchResult.of(
                        request,
                        Arrays.stream(PartyId.values())
                                .map(party -> PartyFigures.read(place.figures(party)))
                                .toList());
            } finally {
                parties.forEach(ChildProcess::close);
            }
        }
    }

    private static List<String> arguments(BenchRequest request, PartyId party, BenchPlace place, String ports) {
        return List.of(
                "bench",
                "party",
                "--party",
                Integer.toString(party.index()),
                "--folder",
                place.folder().toString(),
                "--ports",
                ports,
                "--profile",
                request.profile().name(),
                "--bench",
                request.benchmark().text(),
                "--batch",
                Integer.toString(request.batch()));
    }

    private static void awaitEnd(List<ChildProcess> parties) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(LIMIT_MINUTES);
        while (parties.stream().anyMatch(ChildProcess::running)) {
            if (System.nanoTime() > end) {
                throw new BenchFailedException("not done in " + LIMIT_MINUTES + " minutes");
            }
            requireHealthy(parties);
            parties.get(0).awaitExit(LOOK_AGAIN_MILLIS);
        }
        requireHealthy(parties);
    }

    private static void requireHealthy(List<ChildProcess> parties) {
        for (ChildProcess party : parties) {
            if (!party.running() && party.exitCode() != 0) {
                throw new BenchFailedException(party.name() + " ended with exit code " + party.exitCode()
                        + "; the end of its log:" + System.lineSeparator() + party.lastWords());
            }
        }
    }
}
