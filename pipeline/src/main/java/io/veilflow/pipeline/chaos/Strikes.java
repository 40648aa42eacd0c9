package io.veilflow.pipeline.chaos;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.board.Board;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.demo.LocalNetwork;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.local.Suspension;
import io.veilflow.pipeline.party.PartyProcess;
import io.veilflow.pipeline.wire.Payload.BodyCase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Does what the plan says, and waits until whoever was hit works again. */
final class Strikes {
    private static final long POLL_MILLIS = 2;
    /** Not every party comes to every point in every window. */
    private static final long POINT_LIMIT_MILLIS = 15_000;
    /** A process that was killed twice is killed the second time within so long after its start. */
    private static final long COMING_BACK_MILLIS = 4_000;
    /** A party's end of a unit, a contributor's and the feeder's next record; of the chain's node a post that is final. */
    private static final Set<BodyCase> WORKS_AGAIN = Set.of(
            BodyCase.BATCH_OUTCOME,
            BodyCase.WINDOW_RESULT,
            BodyCase.WINDOWS_SKIPPED,
            BodyCase.SUBMISSION,
            BodyCase.TICK);

    private static final List<String> PARTIES =
            Arrays.stream(PartyId.values()).map(EnrolledParty::writer).toList();

    private final LocalNetwork network;
    private final Board board;
    private final RecordVerifier verifier;
    private final Cast cast;
    private final long pauseMillis;
    private final long limitMillis;
    private final List<Long> recoveries = new ArrayList<>();
    private int kills;
    private int pauses;
    private int refusedCopies;

    Strikes(LocalNetwork network, Board board, Cast cast, long pauseMillis, long limitMillis) {
        this.network = network;
        this.board = board;
        this.verifier = RecordVerifier.of(network.terms().definition());
        this.cast = cast;
        this.pauseMillis = pauseMillis;
        this.limitMillis = limitMillis;
    }

    int kills() {
        return kills;
    }

    int pauses() {
        return pauses;
    }

    /** Older copies of a state folder on which a party did not start. */
    int refusedCopies() {
        return refusedCopies;
    }

    ChaosResult.RecoveryMillis recovery() {
        return ChaosResult.RecoveryMillis.of(recoveries);
    }

    /** @return milliseconds until it worked again */
    long strike(Blow blow) throws IOException, InterruptedException {
        return switch (blow.kind()) {
            case KILL -> killed(blow);
            case KILL_TWICE -> killedTwice(blow);
            case PAUSE -> paused(blow);
            case RESTORE -> restored(blow);
        };
    }

    /** Until every party has decided something: the job runs. */
    void awaitBegin() throws InterruptedException {
        worksAgain(watches(PARTIES), System.nanoTime());
        recoveries.clear();
    }

    /** Until all windows have been fed and everybody has ended well. */
    void awaitEnd(int windows) throws InterruptedException {
        long begin = System.nanoTime();
        long limit = limitMillis + windows * limitMillis / 10;
        while (!cast.ended()) {
            if (millisSince(begin) > limit) {
                throw new ChaosFailedException("not everybody has ended after " + limit + " ms");
            }
            cast.tend();
            Thread.sleep(20);
        }
    }

    private long killed(Blow blow) throws IOException, InterruptedException {
        awaitPoint(blow);
        long begin = System.nanoTime();
        kill(blow.targets());
        Thread.sleep(blow.downMillis());
        return comesBack(blow.targets(), begin);
    }

    private long killedTwice(Blow blow) throws IOException, InterruptedException {
        awaitPoint(blow);
        long begin = System.nanoTime();
        kill(blow.targets());
        start(blow.targets());
        Thread.sleep(blow.downMillis() * COMING_BACK_MILLIS / 3_000);
        kill(blow.targets());
        return comesBack(blow.targets(), begin);
    }

    private long paused(Blow blow) throws InterruptedException {
        awaitPoint(blow);
        Target target = cast.target(blow.targets().get(0));
        Map<String, BoardWatch> watches;
        try (Suspension stopped = Suspension.of(target.process())) {
            pauses++;
            Thread.sleep(pauseMillis);
            watches = watches(blow.targets());
        }
        return worksAgain(watches, System.nanoTime());
    }

    /** The copy is older by at least one unit of work; a party that does not start on it gets its own state back. */
    private long restored(Blow blow) throws IOException, InterruptedException {
        awaitPoint(blow);
        Participant party = cast.participant(blow.targets().get(0));
        StateCopy copy = new StateCopy(network.state(PartyId.of(PARTIES.indexOf(party.name()))));
        long begin = System.nanoTime();
        kill(blow.targets());
        copy.take();
        comesBack(blow.targets(), begin);
        awaitPoint(blow);
        begin = System.nanoTime();
        kill(blow.targets());
        copy.swap();
        Map<String, BoardWatch> watches = watches(blow.targets());
        party.start();
        await(() -> !party.child().running() || watches.get(party.name()).saw(WORKS_AGAIN), party.name());
        if (!party.child().running() && party.child().exitCode() == PartyProcess.REFUSED) {
            refusedCopies++;
            copy.swap();
            comesBack(blow.targets(), begin);
        } else {
            note(begin);
        }
        copy.delete();
        return recoveries.get(recoveries.size() - 1);
    }

    private void awaitPoint(Blow blow) throws InterruptedException {
        String first = blow.targets().get(0);
        BoardWatch watch = watch(first);
        if (blow.point().isPresent()) {
            Set<BodyCase> point = Set.of(blow.point().get());
            long begin = System.nanoTime();
            while (!watch.saw(point) && millisSince(begin) < POINT_LIMIT_MILLIS) {
                cast.tend();
                Thread.sleep(POLL_MILLIS);
            }
        }
        Thread.sleep(blow.delayMillis());
        for (String target : blow.targets()) {
            if (!cast.target(target).process().isAlive()) {
                throw new ChaosFailedException(
                        "the windows ran out after " + kills + " kills: " + target + " has ended");
            }
        }
    }

    private void kill(List<String> targets) throws IOException {
        for (String target : targets) {
            cast.target(target).kill();
            kills++;
        }
    }

    private void start(List<String> targets) throws IOException {
        for (String target : targets) {
            cast.target(target).start();
        }
    }

    private long comesBack(List<String> targets, long begin) throws IOException, InterruptedException {
        Map<String, BoardWatch> watches = watches(targets);
        start(targets);
        return worksAgain(watches, begin);
    }

    private long worksAgain(Map<String, BoardWatch> watches, long begin) throws InterruptedException {
        for (Map.Entry<String, BoardWatch> watch : watches.entrySet()) {
            Set<BodyCase> wanted =
                    watch.getKey().equals(ChaosPlan.CHAIN) ? Set.of(BodyCase.WINDOW_POSTED) : WORKS_AGAIN;
            await(() -> watch.getValue().saw(wanted) || hasEndedWell(watch.getKey()), watch.getKey());
        }
        return note(begin);
    }

    private boolean hasEndedWell(String name) {
        cast.tend();
        return !cast.target(name).process().isAlive();
    }

    private void await(BooleanSupplier done, String name) throws InterruptedException {
        long begin = System.nanoTime();
        while (!done.getAsBoolean()) {
            if (millisSince(begin) > limitMillis) {
                throw new ChaosFailedException(name + " does not work again after " + limitMillis + " ms");
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private Map<String, BoardWatch> watches(List<String> targets) {
        Map<String, BoardWatch> watches = new LinkedHashMap<>();
        targets.forEach(target -> watches.put(target, watch(target)));
        return watches;
    }

    private BoardWatch watch(String target) {
        return new BoardWatch(board, verifier, target.equals(ChaosPlan.CHAIN) ? PARTIES : List.of(target));
    }

    private long note(long begin) {
        long millis = millisSince(begin);
        recoveries.add(millis);
        return millis;
    }

    private static long millisSince(long begin) {
        return (System.nanoTime() - begin) / 1_000_000;
    }
}
