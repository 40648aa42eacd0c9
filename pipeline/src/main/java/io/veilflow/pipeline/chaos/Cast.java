package io.veilflow.pipeline.chaos;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.demo.LocalNetwork;
import io.veilflow.pipeline.job.EnrolledContributor;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.party.PartyProcess;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All processes of a run by name. One that ends because the job holds is started again, as its operator would. */
final class Cast implements AutoCloseable {
    private static final long TICK_INTERVAL_MILLIS = 1_000;

    private final Map<String, Target> targets = new LinkedHashMap<>();
    private int holds;

    private Cast() {}

    /** @param limitMillis longest wait of contributors and feeder for the parties */
    static Cast start(LocalNetwork network, long limitMillis) {
        Cast cast = new Cast();
        try {
            for (PartyId party : PartyId.values()) {
                cast.add(new Participant(EnrolledParty.writer(party), () -> network.party(party, Map.of(), List.of())));
            }
            List<EnrolledContributor> contributors =
                    network.terms().definition().contributors();
            for (int i = 0; i < contributors.size(); i++) {
                int index = i;
                cast.add(new Participant(
                        contributors.get(i).name(), () -> network.contributor(index, limitMillis / 1_000)));
            }
            List<String> awaited =
                    contributors.stream().map(EnrolledContributor::name).toList();
            cast.add(new Participant(
                    network.terms().definition().feeder().name(),
                    () -> network.feeder(awaited, TICK_INTERVAL_MILLIS, limitMillis)));
            cast.add(new ChainTarget(network.chain()));
            return cast;
        } catch (RuntimeException e) {
            cast.close();
            throw e;
        }
    }

    /** Windows that may be closed in so long. */
    static int windowsIn(long millis) {
        return Math.toIntExact(millis / TICK_INTERVAL_MILLIS);
    }

    Target target(String name) {
        return targets.get(name);
    }

    Participant participant(String name) {
        return (Participant) targets.get(name);
    }

    /** How often a party held the job and was started again. */
    int holds() {
        return holds;
    }

    /**
     * Starts again who holds.
     *
     * @throws ChaosFailedException if a process has ended otherwise before its time
     */
    void tend() {
        for (Target target : targets.values()) {
            if (target instanceof Participant participant
                    && !participant.child().running()) {
                int code = participant.child().exitCode();
                if (code == PartyProcess.HELD && participant.name().startsWith("party-")) {
                    holds++;
                    participant.start();
                } else if (code != 0) {
                    throw new ChaosFailedException(participant.name() + " ended with exit code " + code
                            + "; the end of its log:" + System.lineSeparator()
                            + participant.child().lastWords());
                }
            }
        }
    }

    /** Whether all but the chain's node have ended well. */
    boolean ended() {
        return targets.values().stream()
                .allMatch(target -> !(target instanceof Participant participant)
                        || (!participant.child().running()
                                && participant.child().exitCode() == 0));
    }

    private void add(Target target) {
        targets.put(target.name(), target);
    }

    @Override
    public void close() {
        targets.values().forEach(Target::close);
    }
}
