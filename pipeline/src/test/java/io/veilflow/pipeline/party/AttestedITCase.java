package io.veilflow.pipeline.party;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.SessionContext;
import io.veilflow.pipeline.audit.AuditReport;
import io.veilflow.pipeline.job.PostingPolicy;
import io.veilflow.pipeline.post.RecordedWindow;
import io.veilflow.pipeline.sign.Assurance;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a window whose outputs were opened and that comes to no proof in time (DESIGN sections 2, 8 and 9). */
class AttestedITCase {
    private static final List<BigInteger> PRICES = List.of(BigInteger.valueOf(5), BigInteger.valueOf(5));
    private static final List<List<BigInteger>> POSITIONS =
            List.of(List.of(BigInteger.ONE, BigInteger.TWO, BigInteger.TWO, BigInteger.ONE));
    /** The windows of these tests lie long ago. */
    private static final PostingPolicy ATTESTABLE = new PostingPolicy(1, 0, List.of());

    @TempDir
    private Path directory;

    @Test
    @DisplayName(
            "C15, C20: proof attempts exhausted after the opening: the result is signed, posted and shown as attested, never as proven")
    void attested() throws Exception {
        try (PartyWorld world = world((context, path) -> isWindow(context) && path.equals("prove/round-two"))) {
            oneWindow(world);
            assertThrows(ExecutionException.class, world::awaitEnd, "the job holds all the same");
            for (PartyId party : PartyId.values()) {
                world.await(() -> world.report(party, 0).isPresent(), "report at " + party);
                assertTrue(world.report(party, 0).orElseThrow().contains("\"assurance\":\"attested\""));
                assertTrue(world.events(party).stream().noneMatch(line -> line.contains("\"assurance\":\"proven\"")));
            }
            RecordedWindow recorded =
                    world.chain().window(world.terms().jobId(), 0).orElseThrow();
            assertEquals(Assurance.ATTESTED, recorded.assurance());
            AuditReport report = world.audit();
            assertTrue(report.passed(), () -> String.join("\n", report.lines()));
            assertEquals(0, report.windows());
            assertEquals(1, report.attested());
        }
    }

    @Test
    @DisplayName("C15: a proof of the same result that comes later replaces the attested one, once")
    void provenLater() throws Exception {
        try (PartyWorld world = world(
                (context, path) -> isWindow(context) && context.attempt() == 1 && path.equals("prove/round-two"))) {
            oneWindow(world);
            world.awaitEnd();
            for (PartyId party : PartyId.values()) {
                world.await(
                        () -> world.events(party).stream().anyMatch(line -> line.contains("\"assurance\":\"proven\"")),
                        "proof at " + party);
            }
            assertEquals(
                    Assurance.PROVEN,
                    world.chain().window(world.terms().jobId(), 0).orElseThrow().assurance());
            AuditReport report = world.audit();
            assertTrue(report.passed(), () -> String.join("\n", report.lines()));
            assertEquals(1, report.windows());
        }
    }

    @Test
    @DisplayName(
            "C9, C15: attempts exhausted before the opening: nobody has the result, and two parties close the window by a skip")
    void skipped() throws Exception {
        try (PartyWorld world = world((context, path) -> isWindow(context) && path.equals("prove/round-one"))) {
            oneWindow(world);
            assertThrows(ExecutionException.class, world::awaitEnd);
            for (PartyId party : PartyId.values()) {
                world.await(
                        () -> world.events(party).stream().anyMatch(line -> line.contains("\"skipped\"")),
                        "skip at " + party);
            }
            assertTrue(world.chain().window(world.terms().jobId(), 0).isEmpty());
            assertEquals(1, world.chain().nextWindow(world.terms().jobId()));
            AuditReport report = world.audit();
            assertTrue(report.passed(), () -> String.join("\n", report.lines()));
        }
    }

    private PartyWorld world(BiPredicate<SessionContext, String> aborts) {
        return new PartyWorld(directory, Path.of("target", "test-keys"), aborts, ATTESTABLE);
    }

    private static void oneWindow(PartyWorld world) {
        PartyWorld.BANKS.forEach(bank -> world.submit(bank, POSITIONS));
        PartyWorld.BANKS.forEach(bank -> world.decision(bank, 0));
        world.tick(500, PRICES);
        world.tick(1_500, PRICES);
        world.end();
    }

    private static boolean isWindow(SessionContext context) {
        return context.kind() == SessionContext.Kind.WINDOW;
    }
}
