package io.veilflow.pipeline.adversary;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.job.PostingPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One party deviates in a window of a job whose proof deadline has passed: what was opened is attested at most once and then
 * proven, windows that nobody opened are skipped, and never are two things signed of one window.
 */
class LateProofAdversaryITCase {
    private static final long SEED = 43;
    private static final PostingPolicy DEADLINE = new PostingPolicy(1, 0, List.of());

    @TempDir
    private Path directory;

    @Test
    @DisplayName("C9, C20, G5: a seeded sample of deviations after a missed proof deadline")
    void aSample() throws Exception {
        // waiting for an opening that does not come takes too long for every build
        Set<Cheat.Spoiling> missing = EnumSet.complementOf(EnumSet.of(Cheat.Spoiling.EVERY_OPENING));
        List<Cheat> sample = catalogue().stream()
                .filter(cheat -> !cheat.place().dependsOnWhoIsFaster())
                .filter(cheat -> missing.remove(cheat.spoiling()))
                .toList();
        run(sample, "adversary-late-proof-sample.txt");
    }

    @Test
    @Tag("exhaustive")
    @DisplayName("C9, C20, G5: every deviation of every party in attested results, late proofs and skips")
    void allOfThem() throws Exception {
        run(catalogue(), "adversary-late-proof.txt");
    }

    private static List<Cheat> catalogue() {
        List<Cheat> cases = new ArrayList<>();
        for (PartyId party : PartyId.values()) {
            cases.addAll(CaseCatalogue.ofDeadline(party, SEED));
        }
        Collections.shuffle(cases, new Random(SEED));
        return cases;
    }

    private void run(List<Cheat> cases, String file) throws Exception {
        Tally tally = new CaseRunner(directory, DEADLINE).run(cases);
        tally.write(Path.of("target", file));
        System.out.println(tally.table());
        assertEquals(List.of(), tally.wrong(), "seed " + SEED);
        Set<String> places = cases.stream().map(LateProofAdversaryITCase::place).collect(Collectors.toSet());
        Set<String> carriedOut = tally.reports().stream()
                .filter(report -> report.carriedOut() > 0)
                .map(report -> place(report.cheat().orElseThrow()))
                .collect(Collectors.toSet());
        assertEquals(places, carriedOut, "places at which the cheater came to speak");
    }

    private static String place(Cheat cheat) {
        return cheat.spoiling() + " " + cheat.place().what();
    }
}
