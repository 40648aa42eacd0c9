package io.veilflow.pipeline.party;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.audit.AuditReport;
import io.veilflow.pipeline.post.PostReceipt;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The group's account pays for windows on a real chain, with three real parties, as long as all three let it. */
class GroupPaysITCase {
    private static final List<BigInteger> PRICES = List.of(BigInteger.valueOf(5), BigInteger.valueOf(5));
    private static final List<List<BigInteger>> POSITIONS =
            List.of(List.of(BigInteger.ONE, BigInteger.TWO, BigInteger.TWO, BigInteger.ONE));
    private static final PartyLimits LIMITS = new PartyLimits(
            PartyWorld.LIMITS.epoch(),
            PartyWorld.LIMITS.agreement(),
            PartyWorld.LIMITS.gathering(),
            Duration.ofSeconds(8),
            PartyWorld.LIMITS.failures(),
            PartyWorld.LIMITS.fairness());

    @TempDir
    private Path directory;

    private final PayingGroup group = new PayingGroup();
    private long ticks;

    @Test
    @DisplayName(
            "C9, G5, G13: the group's account pays for windows while others are computed; who refuses, is silent or cheats"
                    + " there stops no window, spends nothing, and is named where it broke the protocol")
    void theGroupPays() throws Exception {
        try (PartyWorld world = new PartyWorld(directory, Path.of("target", "test-keys"), LIMITS, group)) {
            PartyWorld.BANKS.forEach(bank -> world.submit(bank, POSITIONS));
            PartyWorld.BANKS.forEach(bank -> world.decision(bank, 0));
            tick(world);
            tick(world);
            tick(world);
            tick(world);
            for (int window = 0; window < 3; window++) {
                assertEquals(group.address(), payer(world, window), "window " + window);
            }
            group.conduct(PayingGroup.Conduct.REFUSES);
            tick(world);
            assertPaidByOneParty(world, 3);
            group.conduct(PayingGroup.Conduct.SILENT);
            tick(world);
            assertPaidByOneParty(world, 4);
            group.conduct(PayingGroup.Conduct.CHEATS);
            tick(world);
            assertPaidByOneParty(world, 5);
            for (PartyId honest : List.of(PartyId.P0, PartyId.P1)) {
                assertTrue(
                        world.events(honest).stream()
                                .anyMatch(line -> line.contains("\"account-suspended\",\"accused\":\"P2\"")),
                        () -> world.events(honest).toString());
            }
            assertEquals(EnumSet.of(PartyId.P0, PartyId.P1), group.suspended());
            world.end();
            world.awaitEnd();
            AuditReport report = world.audit();
            assertTrue(report.passed(), () -> String.join("\n", report.lines()));
            assertEquals(6, report.windows());
        }
    }

    /** Closes the window of the tick before. */
    private void tick(PartyWorld world) {
        world.tick(500 + 1_000 * ticks, PRICES);
        ticks++;
    }

    private void assertPaidByOneParty(PartyWorld world, int window) {
        assertNotEquals(group.address(), payer(world, window), "window " + window);
    }

    private String payer(PartyWorld world, int window) {
        world.await(() -> world.report(PartyId.P0, window).isPresent(), "window " + window);
        PostReceipt receipt =
                world.chain().receipt(world.terms().jobId(), window).orElseThrow();
        return group.senderOf(receipt.transaction());
    }
}
