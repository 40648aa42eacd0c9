package io.veilflow.pipeline.adversary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.SessionContext;
import io.veilflow.pipeline.job.PostingPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One party deviates anywhere in a window, from admission to signature, in profile M: the honest two hold before an output is
 * opened, or end with the right result. {@link Judge} says it exactly.
 */
class WindowAdversaryITCase {
    private static final long SEED = 41;
    private static final int OF_EACH_STAGE_AND_PARTY = 3;
    private static final int CONTROLS = 10;
    private static final Profile PROFILE = CaseRunner.PROFILE;
    private static final Path KEYS = CaseRunner.KEYS;
    /** For honest runs, on a computer that is busy with other things too. */
    private static final WindowWorld.Patience MUCH =
            new WindowWorld.Patience(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(3));

    @TempDir
    private Path directory;

    @Test
    @DisplayName("C1, C3, C9, C19, A20, B10: a seeded sample of all deviations in a window, of each stage and party")
    void aSample() throws Exception {
        Map<String, List<Cheat>> groups = new TreeMap<>();
        for (Cheat cheat : catalogue()) {
            groups.computeIfAbsent(cheat.place().stage() + " " + cheat.party(), any -> new ArrayList<>())
                    .add(cheat);
        }
        Random random = new Random(SEED);
        List<Cheat> sample = new ArrayList<>();
        for (List<Cheat> group : groups.values()) {
            Collections.shuffle(group, random);
            sample.addAll(group.subList(0, Math.min(OF_EACH_STAGE_AND_PARTY, group.size())));
        }
        Tally tally = new CaseRunner(directory, PostingPolicy.provenOnly()).run(sample);
        assertEquals(Stage.values().length * PartyId.values().length, groups.size(), "every stage at every party");
        report(tally, "adversary-window-sample.txt");
    }

    @Test
    @Tag("exhaustive")
    @DisplayName("C1, C3, C9, C19, A20, B10: every deviation of every party in every message and record of a window")
    void allOfThem() throws Exception {
        List<Cheat> all = catalogue();
        Collections.shuffle(all, new Random(SEED));
        Part part = Part.of(System.getProperty("adversary.part", "1/1"));
        report(
                new CaseRunner(directory, PostingPolicy.provenOnly()).run(part.of(all)),
                "adversary-window-" + part.number() + "-of-" + part.parts() + ".txt");
    }

    /** So that the hour that all cases take can be spread: part k of n, of the shuffled list. */
    private record Part(int number, int parts) {
        static Part of(String text) {
            String[] two = text.split("/", 2);
            Part part = new Part(Integer.parseInt(two[0]), Integer.parseInt(two[1]));
            if (part.number < 1 || part.number > part.parts) {
                throw new IllegalArgumentException("adversary.part is " + text + ", for example 1/4");
            }
            return part;
        }

        List<Cheat> of(List<Cheat> all) {
            return all.subList(all.size() * (number - 1) / parts, all.size() * number / parts);
        }
    }

    @Test
    @DisplayName("B16, C10: what everybody says in a window, and how long it is, does not depend on the books")
    void placesAndLengthsAreTheSameForEveryBook() {
        try (TinyJob job = new TinyJob(directory, KEYS, PROFILE);
                WindowHarness harness = new WindowHarness(job, directory, MUCH)) {
            // the first of all has numbers that are zero, which records leave out
            harness.honestTranscript(WindowHarness.RISKY);
            Map<PartyId, List<String>> healthy = harness.honestTranscript(WindowHarness.HEALTHY);
            assertEquals(healthy, harness.honestTranscript(WindowHarness.RISKY));
        }
    }

    @Test
    @DisplayName("Control: profile S, which verifies no product, is convicted of admitting what the cheater likes")
    void profileSIsConvicted() {
        try (TinyJob job = new TinyJob(directory, KEYS, Profile.S);
                WindowHarness harness = new WindowHarness(job, directory, CaseRunner.PATIENCE)) {
            Place products = Place.message(SessionContext.Kind.BATCH, "range-check/zero", "and", 0, PartyId.P1);
            List<String> found = new ArrayList<>();
            for (int seed = 0; seed < CONTROLS && found.isEmpty(); seed++) {
                found.addAll(harness.run(Optional.of(
                                new Cheat(PartyId.P2, products, Change.ZERO, Cheat.Persistence.FIRST_ATTEMPT, seed)))
                        .violations());
            }
            assertTrue(
                    found.stream()
                            .anyMatch(what ->
                                    what.contains("about the good book") || what.contains("about the bad book")),
                    () -> "profile S was not convicted: " + found);
        }
    }

    private List<Cheat> catalogue() {
        List<Cheat> cases = new ArrayList<>();
        try (TinyJob job = new TinyJob(directory.resolve("honest"), KEYS, PROFILE);
                WindowHarness harness = new WindowHarness(job, directory.resolve("honest"), MUCH)) {
            for (PartyId party : PartyId.values()) {
                cases.addAll(CaseCatalogue.of(party, harness.places(party), SEED));
            }
        }
        return cases;
    }

    private static void report(Tally tally, String file) {
        tally.write(Path.of("target", file));
        System.out.println(tally.table());
        assertEquals(List.of(), tally.wrong(), "seed " + SEED);
        List<CaseReport> notCarriedOut =
                tally.reports().stream().filter(one -> one.carriedOut() == 0).toList();
        long carriedOut = tally.cases() - notCarriedOut.size();
        assertTrue(
                carriedOut * 100 >= tally.cases() * 99L,
                () -> carriedOut + " of " + tally.cases() + " carried out, not these: " + notCarriedOut);
    }
}
