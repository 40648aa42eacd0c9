package io.veilflow.pipeline.party;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.post.RecordedWindow;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.Reason;
import io.veilflow.pipeline.wire.Withdrawal;
import io.veilflow.zk.rule.ClearInputs;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of windows through three parties, without Flink: board, admission, sealing, session, proof, chain. */
class ThreePartiesITCase {
    private static final List<BigInteger> CALM = prices(3_000, 1);
    private static final List<BigInteger> CRASH = prices(900, 1);
    private static final List<BigInteger> LOW = prices(2_000, 1);
    private static final List<List<BigInteger>> HEALTHY = List.of(position(10, 0, 0, 12_000), position(0, 500, 0, 100));
    private static final List<List<BigInteger>> RISKY = List.of(position(4, 0, 0, 8_000), position(1, 100, 0, 1_500));

    @TempDir
    private Path directory;

    private PartyWorld world;

    @BeforeEach
    void start() {
        world = new PartyWorld(directory, Path.of("target", "test-keys"));
    }

    @AfterEach
    void stop() throws Exception {
        world.close();
    }

    @Test
    void windowsAreProvenPostedAndEqualTheClearReading() throws Exception {
        world.submit("bank-a", HEALTHY);
        world.submit("bank-b", RISKY);
        assertEquals(Reason.ACCEPTED, world.decision("bank-a", 0));
        assertEquals(Reason.ACCEPTED, world.decision("bank-b", 0));
        world.tick(500, CALM);
        world.tick(1_500, CRASH);
        world.awaitOffered(PartyId.P0, 4);
        world.append("bank-b", replayed());
        assertEquals(Reason.REPLAYED, world.decision("bank-b", 1));
        world.tick(2_500, CALM);
        world.end();
        world.awaitEnd();
        for (int window = 0; window < 2; window++) {
            awaitReports(window);
            assertRecorded(window, level(window == 0 ? CALM : CRASH));
        }
        assertTrue(level(CRASH).intValue() > level(CALM).intValue(), "the crash raises the level");
        for (PartyId party : PartyId.values()) {
            String report = world.report(party, 1).orElseThrow();
            assertTrue(report.contains("\"assurance\":\"proven\",\"profile\":\"M\",\"submissions\":2"), report);
            assertTrue(report.contains("{\"contributor\":\"bank-b\",\"record\":1,\"reason\":\"REPLAYED\"}"), report);
            assertEverythingWasJournalledFirst(world.order(party));
        }
    }

    @Test
    @DisplayName(
            "D1, B16: silent contributor, silent feeder: the windows are skipped in public with their reasons, by a party too that dies"
                    + " behind its word; the next one is proven")
    void aWindowWithTooFewContributorsIsSkippedAndTheNextOneIsProven() throws Exception {
        world.crashAfter(PartyId.P2, "journal SKIP WINDOW 0");
        world.submit("bank-a", HEALTHY);
        assertEquals(Reason.ACCEPTED, world.decision("bank-a", 0));
        world.tick(500, CALM);
        world.tick(1_500, CALM);
        world.awaitCrash(PartyId.P2);
        world.restart(PartyId.P2);
        world.await(() -> world.events(PartyId.P2).stream().anyMatch(line -> line.contains("\"skipped\"")), "skip");
        world.submit("bank-b", RISKY);
        assertEquals(Reason.ACCEPTED, world.decision("bank-b", 0));
        world.tick(4_500, CRASH);
        world.tick(5_500, CALM);
        world.end();
        world.awaitEnd();
        awaitReports(1);
        awaitReports(4);
        assertTrue(world.chain().window(world.terms().jobId(), 0).isEmpty());
        for (PartyId party : PartyId.values()) {
            assertFalse(world.order(party).contains("journal ATTEMPT WINDOW 0"), "nothing of a book was computed on");
            assertTrue(world.order(party).contains("journal ATTEMPT WINDOW 1"));
        }
        assertRecorded(1, level(CALM));
        assertRecorded(4, level(CRASH));
        List<Long> skipped = List.of(0L, 2L, 3L);
        for (long window : skipped) {
            assertTrue(world.chain().window(world.terms().jobId(), window).isEmpty());
        }
        for (PartyId party : PartyId.values()) {
            assertEquals(
                    skipped.size(),
                    world.events(party).stream()
                            .filter(line -> line.contains("\"event\":\"skipped\""))
                            .count(),
                    () -> party + ": " + world.events(party));
        }
    }

    @Test
    void aBookAfterTheClosingTickCountsFromTheNextWindowOnThoughP0WasHeldUp() throws Exception {
        world.submit("bank-a", HEALTHY);
        assertEquals(Reason.ACCEPTED, world.decision("bank-a", 0));
        world.hold(PartyId.P0, "post BATCH_OUTCOME BATCH 1");
        world.submit("bank-b", RISKY);
        assertEquals(Reason.ACCEPTED, world.decision("bank-b", 0));
        world.tick(500, LOW);
        world.tick(1_500, LOW);
        world.awaitOffered(PartyId.P0, 4);
        world.submit("bank-b", HEALTHY);
        world.awaitOffered(PartyId.P0, 5);
        world.goOn(PartyId.P0);
        assertEquals(Reason.ACCEPTED, world.decision("bank-b", 1));
        world.tick(2_500, LOW);
        world.end();
        world.awaitEnd();
        awaitReports(1);
        BigInteger before = level(LOW, HEALTHY, RISKY);
        BigInteger after = level(LOW, HEALTHY, HEALTHY);
        assertNotEquals(before, after);
        assertRecorded(0, before);
        assertRecorded(1, after);
    }

    private void awaitReports(int window) {
        for (PartyId party : PartyId.values()) {
            world.await(() -> world.report(party, window).isPresent(), "report of window " + window + " at " + party);
        }
    }

    private void assertRecorded(long window, BigInteger level) {
        RecordedWindow recorded =
                world.chain().window(world.terms().jobId(), window).orElseThrow();
        assertEquals(List.of(level), recorded.outputs());
        assertEquals(Assurance.PROVEN, recorded.assurance());
    }

    private BigInteger level(List<BigInteger> prices) {
        return level(prices, HEALTHY, RISKY);
    }

    private BigInteger level(List<BigInteger> prices, List<List<BigInteger>> bankA, List<List<BigInteger>> bankB) {
        List<BigInteger> book = Stream.concat(bankA.stream(), bankB.stream())
                .flatMap(List::stream)
                .toList();
        return world.terms()
                .rule()
                .evaluate(ClearInputs.allUsed(
                        world.terms().rule(), book, world.terms().publicInputs(prices)))
                .outputs()
                .get(0);
    }

    /** Each post of this kind follows its journal entry; each session follows the entry of its attempt. */
    private static void assertEverythingWasJournalledFirst(List<String> steps) {
        List<String> journalled = new ArrayList<>();
        int posts = 0;
        for (String step : steps) {
            if (step.startsWith("journal ")) {
                journalled.add(step.substring("journal ".length()));
            } else if (step.startsWith("post ")) {
                posts++;
                String what = step.substring("post ".length());
                assertTrue(journalled.contains(what), () -> what + " was posted before it was journalled: " + steps);
            }
        }
        assertTrue(posts >= 10, () -> "posts of a whole run: " + steps);
        assertTrue(steps.contains("journal ATTEMPT WINDOW 0"));
        assertTrue(steps.indexOf("journal ATTEMPT WINDOW 0") < steps.indexOf("journal RESULT WINDOW 0"));
        assertTrue(steps.indexOf("journal MANIFEST WINDOW 0") < steps.indexOf("journal ATTEMPT WINDOW 0"));
    }

    private Payload replayed() {
        return Payload.newBuilder()
                .setWithdrawal(
                        Withdrawal.newBuilder().setJobId(world.terms().jobId()).setSequence(1))
                .build();
    }

    /** Amounts in whole units of weth and usdc, six decimals each. */
    private static List<BigInteger> position(long wethCollateral, long usdcCollateral, long wethDebt, long usdcDebt) {
        return Stream.of(wethCollateral, usdcCollateral, wethDebt, usdcDebt)
                .map(units -> BigInteger.valueOf(units * 1_000_000))
                .toList();
    }

    private static List<BigInteger> prices(long weth, long usdc) {
        return List.of(BigInteger.valueOf(weth * 100_000_000), BigInteger.valueOf(usdc * 100_000_000));
    }
}
