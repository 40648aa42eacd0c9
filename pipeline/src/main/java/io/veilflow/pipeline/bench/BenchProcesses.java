package io.veilflow.pipeline.bench;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.local.ChildProcess;
import io.veilflow.pipeline.local.FreePorts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The three party processes of a measurement, from their start to their end. */
final class BenchProcesses {
    private static final long LOOK_AGAIN_MILLIS = 20;

    private BenchProcesses() {}

    /**
     * @param virtualMachine flags for Java
     * @param command and what follows; who, where and on which ports is added
     * @throws BenchFailedException if a party ended with an error or has not ended in time
     */
    static void run(BenchPlace place, List<String> virtualMachine, List<String> command, long limitMinutes)
            throws IOException, InterruptedException {
        String ports = FreePorts.find(PartyId.values().length).stream()
                .map(String::valueOf)
                .collect(Collectors.joining(","));
        List<ChildProcess> parties = new ArrayList<>();
        try {
            for (PartyId party : PartyId.values()) {
                List<String> whoAndWhere = List.of(
                        "--party",
                        Integer.toString(party.index()),
                        "--folder",
                        place.folder().toString(),
                        "--ports",
                        ports);
                parties.add(ChildProcess.start(
                        EnrolledParty.writer(party),
                        virtualMachine,
                        Stream.concat(command.stream(), whoAndWhere.stream()).toList(),
                        place.log(party)));
            }
            awaitEnd(parties, limitMinutes);
        } finally {
            parties.forEach(ChildProcess::close);
        }
    }

    private static void awaitEnd(List<ChildProcess> parties, long limitMinutes) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(limitMinutes);
        while (parties.stream().anyMatch(ChildProcess::running)) {
            if (System.nanoTime() > end) {
                throw new BenchFailedException("not done in " + limitMinutes + " minutes");
            }
            requireHealthy(parties);
            // whichever still runs: one that has ended would not be waited for at all
            for (ChildProcess party : parties) {
                if (party.running()) {
                    party.awaitExit(LOOK_AGAIN_MILLIS);
                    break;
                }
            }
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
