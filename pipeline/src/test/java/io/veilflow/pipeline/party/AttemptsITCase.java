package io.veilflow.pipeline.party;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.SessionContext;
import io.veilflow.mpc.session.Transcript;
import io.veilflow.pipeline.identity.VerificationKey;
import io.veilflow.pipeline.job.PostingPolicy;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a unit when one party's session aborts (THREATS C8, C9): a new attempt at the same manifest, or a hold. */
class AttemptsITCase {
    private static final List<BigInteger> PRICES = List.of(BigInteger.valueOf(5), BigInteger.valueOf(5));
    private static final List<List<BigInteger>> POSITIONS =
            List.of(List.of(BigInteger.ONE, BigInteger.TWO, BigInteger.TWO, BigInteger.ONE));

    @TempDir
    private Path directory;

    @Test
    void anAbortedWindowIsProvenInTheNextAttemptFromTheSameManifest() throws Exception {
        try (PartyWorld world = world(
                (context, path) -> isWindow(context) && context.attempt() == 1 && path.equals("prove/round-two"))) {
            oneWindow(world);
            world.awaitEnd();
            for (PartyId party : PartyId.values()) {
                world.await(() -> world.report(party, 0).isPresent(), "report at " + party);
                List<String> steps = world.order(party);
                assertEquals(2, count(steps, "journal ATTEMPT WINDOW 0"), "attempts: " + steps);
                assertEquals(1, count(steps, "journal MANIFEST WINDOW 0"), "manifests: " + steps);
                assertEquals(1, count(steps, "post SIGNATURE WINDOW 0"), "signatures: " + steps);
                assertEquals(2, count(steps, "journal OUTPUTS WINDOW 0"), "the outputs were opened twice: " + steps);
                assertEquals(1, count(steps, "journal TRANSCRIPT WINDOW 0"), "transcripts: " + steps);
            }
            requireSameTranscripts(world);
            assertTrue(world.events(PartyId.P1).stream().anyMatch(line -> line.contains("\"attempt-failed\"")));
        }
    }

    @Test
    void anAbortedBatchIsDecidedInTheNextAttempt() throws Exception {
        try (PartyWorld world = world((context, path) -> !isWindow(context)
                && context.id() == 0
                && context.attempt() == 1
                && path.equals("range-check/accept"))) {
            oneWindow(world);
            world.awaitEnd();
            world.await(() -> world.report(PartyId.P2, 0).isPresent(), "report");
        }
    }

    @Test
    @DisplayName(
            "C9: after N failed checks the job holds at every party, no further attempt begins, and nothing was signed")
    void afterTheLastAttemptTheJobHoldsEverywhereAndNothingWasSigned() throws Exception {
        try (PartyWorld world = world((context, path) -> isWindow(context) && path.equals("prove/round-two"))) {
            oneWindow(world);
            ExecutionException held = assertThrows(ExecutionException.class, world::awaitEnd);
            assertInstanceOf(JobHeldException.class, held.getCause());
            world.await(() -> world.events(PartyId.P1).stream().anyMatch(line -> line.contains("\"held\"")), "hold");
            assertTrue(world.events(PartyId.P1).stream()
                    .anyMatch(line ->
                            line.contains("2 attempts failed by a check") && line.contains("nobody can be accused")));
            assertTrue(world.events(PartyId.P1).stream()
                    .filter(line -> line.contains("\"attempt-failed\""))
                    .allMatch(line -> line.contains("\"kind\":\"check\"")));
            assertTrue(world.events(PartyId.P0).stream()
                    .filter(line -> line.contains("\"attempt-failed\""))
                    .allMatch(line -> line.contains("\"kind\":\"lost\"")));
            for (PartyId party : PartyId.values()) {
                assertEquals(0, count(world.order(party), "post SIGNATURE WINDOW 0"));
            }
            assertTrue(world.chain().window(world.terms().jobId(), 0).isEmpty());
        }
    }

    /** All three have kept their signed transcripts of the first attempt, and they were honest. */
    private void requireSameTranscripts(PartyWorld world) throws IOException {
        Map<PartyId, Transcript> transcripts = new EnumMap<>(PartyId.class);
        for (PartyId party : PartyId.values()) {
            Path file = PartyWorld.transcripts(directory, party).resolve("window-0-1.txt");
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            VerificationKey key = new VerificationKey(
                    world.terms().definition().party(party).identityKey().toByteArray());
            String content = Files.readString(file);
            transcripts.put(party, TranscriptStore.read(content, key));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> TranscriptStore.read(content.replaceFirst(" 0 ", " 9 "), key));
        }
        for (PartyId party : PartyId.values()) {
            Transcript own = transcripts.get(party);
            assertTrue(own.entries().size() > 100, own.entries().size() + " messages");
            assertEquals(Optional.empty(), Transcript.firstDifference(own, transcripts.get(party.next())));
        }
    }

    private PartyWorld world(BiPredicate<SessionContext, String> aborts) {
        return new PartyWorld(directory, Path.of("target", "test-keys"), aborts, PostingPolicy.provenOnly());
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

    private static long count(List<String> steps, String step) {
        return steps.stream().filter(step::equals).count();
    }
}
