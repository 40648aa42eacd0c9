package io.veilflow.pipeline.party;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.audit.AuditReport;
import io.veilflow.pipeline.post.RecordedWindow;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.zk.rule.ClearInputs;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A party dies behind a step of a batch or of one of two windows and is started again: every window has its result once, the same as
 * without the crash, and the party says nothing twice.
 */
class RestartITCase {
    static final List<BigInteger> PRICES = List.of(BigInteger.valueOf(5), BigInteger.valueOf(5));
    static final List<List<BigInteger>> POSITIONS =
            List.of(List.of(BigInteger.ONE, BigInteger.TWO, BigInteger.TWO, BigInteger.ONE));
    private static final long SEED = 7;
    /** In every build so many of the steps at which a party can die, beside the named ones. */
    private static final int SAMPLE = 4;

    /** What a party journals and posts in an honest run, and that comes only once. */
    private static final List<String> STEPS = Stream.of(
                    "ACCEPT_LIST BATCH 0",
                    "MANIFEST BATCH 0",
                    "BATCH_OUTCOME BATCH 0",
                    "ACCEPT_LIST WINDOW 0",
                    "MANIFEST WINDOW 0",
                    "OUTPUT_READY WINDOW 0",
                    "OUTPUT_OPENING WINDOW 0",
                    "SIGNATURE WINDOW 0",
                    "TRANSACTION WINDOW 0",
                    "ACCEPT_LIST WINDOW 1",
                    "SIGNATURE WINDOW 1",
                    "TRANSACTION WINDOW 1")
            .flatMap(step -> Stream.of("journal " + step, "post " + step))
            .toList();

    private static final List<String> JOURNALLED_ONLY = List.of(
            "journal ATTEMPT BATCH 0",
            "journal OUTPUTS BATCH 0",
            "journal ATTEMPT WINDOW 0",
            "journal OUTPUTS WINDOW 0",
            "journal RESULT WINDOW 0",
            "journal GROUP_SIGNATURE WINDOW 0",
            "journal RESULT WINDOW 1",
            "journal GROUP_SIGNATURE WINDOW 1");

    @TempDir
    private Path directory;

    @Test
    @DisplayName("D1, D17: the leader dies between its list and the post of it: the list stands, no other is made")
    void leaderDiesWithAListThatNobodyHasSeen() throws Exception {
        dies(PartyId.P0, "journal ACCEPT_LIST WINDOW 0");
    }

    @Test
    @DisplayName("D1, D17: half-signed manifest: the party signs the same root after its restart")
    void halfSignedManifest() throws Exception {
        dies(PartyId.P2, "journal MANIFEST WINDOW 0");
    }

    @Test
    @DisplayName(
            "D1: admission interrupted behind the opened bits: no other session is run, and all three decide the same")
    void admissionInterrupted() throws Exception {
        dies(PartyId.P0, "journal OUTPUTS BATCH 0");
    }

    @Test
    @DisplayName("D1, D16: a copy of the journal that nobody can tell from the newest one: what it does not know the"
            + " party learns from the two others")
    void decidedSinceTheCopy() throws Exception {
        String signed = "post MANIFEST BATCH 0";
        PartyId party = PartyId.P2;
        try (PartyWorld world = new PartyWorld(directory, Path.of("target", "test-keys"))) {
            world.hold(party, signed);
            world.crashAfter(party, "journal BATCH_OUTCOME BATCH 0");
            PartyWorld.BANKS.forEach(bank -> world.submit(bank, POSITIONS));
            world.await(() -> world.order(party).contains(signed), signed);
            byte[] copy = world.copyOfJournal(party);
            world.goOn(party);
            world.awaitCrash(party);
            world.restart(party, copy);
            PartyWorld.BANKS.forEach(bank -> world.decision(bank, 0));
            world.tick(500, PRICES);
            world.tick(1_500, PRICES);
            world.tick(2_500, PRICES);
            world.end();
            world.awaitEnd();
            requireRightOnce(world);
            assertEquals(1, Collections.frequency(world.order(party), "journal OUTPUTS BATCH 0"), "no second session");
        }
    }

    @Test
    @DisplayName(
            "D1, D4, D5: READY before the crash: the window is opened in another attempt, or by the others without it")
    void readyBeforeTheCrash() throws Exception {
        dies(PartyId.P1, "post OUTPUT_READY WINDOW 0");
    }

    @Test
    @DisplayName("D1: a result in one journal only: it is stated, signed and posted after the restart")
    void resultInOneJournal() throws Exception {
        dies(PartyId.P1, "journal RESULT WINDOW 0");
    }

    @Test
    @DisplayName("D10: restart in the middle of posting: posted exactly once, told exactly once")
    void inTheMiddleOfPosting() throws Exception {
        dies(PartyId.P0, "journal TRANSACTION WINDOW 0");
    }

    @Test
    @DisplayName(
            "D1: stopped in the middle of a window: it is parked, the job holds nowhere, and goes on after the next start")
    void stoppedInAWindow() throws Exception {
        String step = "post MANIFEST WINDOW 0";
        try (PartyWorld world = new PartyWorld(directory, Path.of("target", "test-keys"))) {
            world.hold(PartyId.P1, step);
            PartyWorld.BANKS.forEach(bank -> world.submit(bank, POSITIONS));
            PartyWorld.BANKS.forEach(bank -> world.decision(bank, 0));
            world.tick(500, PRICES);
            world.tick(1_500, PRICES);
            world.tick(2_500, PRICES);
            assertInstanceOf(PartyStoppedException.class, world.park(PartyId.P1, step));
            world.restart(PartyId.P1);
            world.end();
            world.awaitEnd();
            requireRightOnce(world);
            for (PartyId party : PartyId.values()) {
                assertTrue(world.events(party).stream().noneMatch(line -> line.contains("\"held\"")), party::toString);
            }
        }
    }

    @Test
    @DisplayName(
            "D2: all three die at once, behind the opening of a window, and are started again: the same result, said once")
    void allAtOnce() throws Exception {
        try (PartyWorld world = new PartyWorld(directory, Path.of("target", "test-keys"))) {
            for (PartyId party : PartyId.values()) {
                world.crashAfter(party, "journal OUTPUTS WINDOW 0");
            }
            PartyWorld.BANKS.forEach(bank -> world.submit(bank, POSITIONS));
            PartyWorld.BANKS.forEach(bank -> world.decision(bank, 0));
            world.tick(500, PRICES);
            world.tick(1_500, PRICES);
            world.tick(2_500, PRICES);
            for (PartyId party : PartyId.values()) {
                world.awaitCrash(party);
            }
            for (PartyId party : PartyId.values()) {
                world.restart(party);
            }
            world.end();
            world.awaitEnd();
            requireRightOnce(world);
        }
    }

    @Test
    @DisplayName("D1, D4, D5: a seeded sample of all steps of all parties")
    void sample() throws Exception {
        List<Place> places = places();
        Collections.shuffle(places, new Random(SEED));
        run(places.subList(0, SAMPLE));
    }

    @Test
    @Tag("exhaustive")
    @DisplayName("D1, D4, D5: every step of every party")
    void everyStep() throws Exception {
        run(places());
    }

    private record Place(PartyId party, String step) {}

    private static List<Place> places() {
        List<Place> places = new ArrayList<>();
        for (PartyId party : PartyId.values()) {
            Stream.concat(STEPS.stream(), JOURNALLED_ONLY.stream()).forEach(step -> places.add(new Place(party, step)));
        }
        return places;
    }

    private void run(List<Place> places) throws Exception {
        for (int k = 0; k < places.size(); k++) {
            Place place = places.get(k);
            try {
                dies(directory.resolve("run-" + k), place.party(), place.step());
            } catch (Throwable failure) {
                throw new AssertionError(place.party() + " dies behind '" + place.step() + "'", failure);
            }
        }
    }

    private void dies(PartyId party, String step) throws Exception {
        dies(directory.resolve("run"), party, step);
    }

    private static void dies(Path folder, PartyId party, String step) throws Exception {
        Files.createDirectories(folder);
        try (PartyWorld world = new PartyWorld(folder, Path.of("target", "test-keys"))) {
            world.crashAfter(party, step);
            PartyWorld.BANKS.forEach(bank -> world.submit(bank, POSITIONS));
            boolean early = step.contains(" BATCH ");
            if (early) {
                world.awaitCrash(party);
                world.restart(party);
            }
            PartyWorld.BANKS.forEach(bank -> world.decision(bank, 0));
            world.tick(500, PRICES);
            world.tick(1_500, PRICES);
            world.tick(2_500, PRICES);
            if (!early) {
                world.awaitCrash(party);
                world.restart(party);
            }
            world.end();
            world.awaitEnd();
            requireRightOnce(world);
        }
    }

    static void requireRightOnce(PartyWorld world) {
        for (long window = 0; window < 2; window++) {
            for (PartyId party : PartyId.values()) {
                requireSaidOnce(world, party, window);
            }
            RecordedWindow recorded =
                    world.chain().window(world.terms().jobId(), window).orElseThrow();
            assertEquals(List.of(level(world)), recorded.outputs());
            assertEquals(Assurance.PROVEN, recorded.assurance());
        }
        AuditReport report = world.audit();
        assertTrue(report.passed(), () -> String.join("\n", report.lines()));
        assertEquals(2, report.windows());
    }

    private static void requireSaidOnce(PartyWorld world, PartyId party, long window) {
        world.await(() -> world.report(party, window).isPresent(), "report of window " + window + " at " + party);
        String told = "\"event\":\"window\"";
        assertEquals(
                1,
                world.events(party).stream()
                        .filter(line -> line.contains(told) && line.contains("\"window\":" + window + ","))
                        .count());
        String posted = "post TRANSACTION WINDOW " + window;
        world.await(() -> world.order(party).contains(posted), posted + " at " + party);
        List<String> steps = world.order(party);
        for (String once : List.of("ACCEPT_LIST", "MANIFEST", "SIGNATURE", "TRANSACTION")) {
            for (String how : List.of("journal ", "post ")) {
                String step = how + once + " WINDOW " + window;
                assertEquals(
                        1, steps.stream().filter(step::equals).count(), () -> party + ": " + step + " in " + steps);
            }
        }
    }

    private static BigInteger level(PartyWorld world) {
        List<BigInteger> book = new ArrayList<>();
        PartyWorld.BANKS.forEach(bank -> {
            POSITIONS.forEach(book::addAll);
            book.addAll(Collections.nCopies(4, BigInteger.ZERO));
        });
        return world.terms()
                .rule()
                .evaluate(ClearInputs.allUsed(
                        world.terms().rule(), book, world.terms().publicInputs(PRICES)))
                .outputs()
                .get(0);
    }
}
