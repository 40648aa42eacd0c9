package io.veilflow.pipeline.adversary;

import io.veilflow.mpc.party.PartyId;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Runs cases one after the other: a good and a bad submission, a batch, a window, with one party that cheats. A case that is
 * about the window alone computes on the books that are there. A world serves as long as one party is the cheater and all
 * three go on; after a case in which one holds, or in which something was said outside sessions, the next case gets a world
 * of its own. One thread.
 */
final class WindowHarness implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofSeconds(40);
    private static final Duration CHEATER_MAY_TAKE = Duration.ofMillis(1_500);
    private static final int WINDOWS_OF_A_WORLD = 40;
    static final List<BigInteger> HEALTHY = List.of(BigInteger.valueOf(1_000), BigInteger.ONE);
    static final List<BigInteger> RISKY = List.of(BigInteger.ONE, BigInteger.valueOf(1_000));

    private final TinyJob job;
    private final Path directory;
    private final WindowWorld.Patience patience;
    private final ClearMarket clear;
    private WindowWorld world;
    private PartyRecords records;
    private Optional<ClearMarket.Committed> inForce = Optional.empty();
    private Optional<PartyId> cheater = Optional.empty();
    private int worlds;

    WindowHarness(TinyJob job, Path directory, WindowWorld.Patience patience) {
        this.job = job;
        this.directory = directory;
        this.patience = patience;
        this.clear = new ClearMarket(job.terms(), job.keys().verifyingKey());
    }

    /** All places of a window at which a party speaks, in the order of an honest run, and each once. */
    List<Place> places(PartyId party) {
        requireHonest(run(Optional.empty()));
        Set<Place> places = new LinkedHashSet<>();
        world.party(party).conduct().said().forEach(said -> places.add(said.place()));
        return new ArrayList<>(places);
    }

    /** Runs one case in the world at hand, or a fresh one. */
    CaseReport run(Optional<Cheat> cheat) {
        return run(cheat, new Random(cheat.map(Cheat::seed).orElse(0L)).nextInt(2) == 0 ? HEALTHY : RISKY);
    }

    /**
     * What everybody says in an honest window over a book, from its sealing on: places and lengths. How submissions fall into
     * batches, which pair signs first and who posts is a matter of time.
     */
    Map<PartyId, List<String>> honestTranscript(List<BigInteger> book) {
        requireHonest(run(Optional.empty(), book));
        Map<PartyId, List<String>> transcript = new EnumMap<>(PartyId.class);
        for (SeenParty party : world.parties()) {
            transcript.put(
                    party.id(),
                    party.conduct().said().stream()
                            .filter(said ->
                                    !said.place().isOfBatch() && !said.place().dependsOnWhoIsFaster())
                            .map(Said::toString)
                            .sorted()
                            .toList());
        }
        return transcript;
    }

    private CaseReport run(Optional<Cheat> cheat, List<BigInteger> numbers) {
        if (cheater.isPresent() && !cheat.map(Cheat::party).equals(cheater)) {
            // one party at most is corrupted in the life of a job
            close();
        }
        if (world == null) {
            fresh();
        }
        cheater = cheat.map(Cheat::party).or(() -> cheater);
        world.parties().forEach(party -> party.begin(cheat));
        List<SeenParty> honest = world.parties().stream()
                .filter(party ->
                        cheat.map(Cheat::party).filter(party.id()::equals).isEmpty())
                .toList();
        long window = world.window();
        long start = System.nanoTime();
        boolean withBatch = inForce.isEmpty()
                || cheat.filter(planned -> !planned.place().isOfBatch()).isEmpty();
        Optional<WindowWorld.Submitted> submitted = withBatch ? Optional.of(world.submit(numbers)) : Optional.empty();
        boolean decided = WindowWorld.await(LONGEST, () -> honest.stream()
                .allMatch(party -> party.held().isPresent() || isDecided(party, submitted)));
        world.closeWindow();
        boolean ended = WindowWorld.await(
                LONGEST, () -> honest.stream().allMatch(party -> party.held().isPresent() || party.hasEnded(window)));
        WindowWorld.await(CHEATER_MAY_TAKE, () -> world.parties().stream()
                .allMatch(party -> party.held().isPresent() || party.hasEnded(window)));
        CaseReport report = new Judge(world, records, clear)
                .judge(cheat, honest, window, submitted, inForce, decided && ended, System.nanoTime() - start);
        settle(cheat, honest, window, submitted);
        return report;
    }

    @Override
    public void close() {
        if (world != null) {
            world.close();
            world = null;
        }
    }

    private void fresh() {
        worlds++;
        world = new WindowWorld(job, directory.resolve("board-" + worlds), patience, party -> board -> board);
        records = new PartyRecords(job.terms(), world.board());
        inForce = Optional.empty();
        cheater = Optional.empty();
    }

    private boolean isDecided(SeenParty party, Optional<WindowWorld.Submitted> submitted) {
        return submitted
                .filter(two -> records.decision(party.id(), WindowWorld.BAD_BANK, two.record())
                        .isEmpty())
                .isEmpty();
    }

    private void settle(
            Optional<Cheat> cheat, List<SeenParty> honest, long window, Optional<WindowWorld.Submitted> submitted) {
        boolean talkOnly = cheat.filter(planned -> planned.place().channel() != Place.Channel.SESSION)
                .isPresent();
        boolean allWell =
                world.parties().stream().allMatch(party -> party.held().isEmpty() && party.hasEnded(window));
        if (talkOnly || !allWell || window >= WINDOWS_OF_A_WORLD) {
            close();
        } else {
            inForce = Judge.inForce(records, honest, submitted, inForce);
        }
    }

    private static void requireHonest(CaseReport report) {
        if (!report.violations().isEmpty() || report.ending() != Ending.RIGHT_AT_ONCE) {
            throw new AssertionError("an honest window: " + report);
        }
    }
}
