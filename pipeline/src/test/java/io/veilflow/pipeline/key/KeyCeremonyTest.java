package io.veilflow.pipeline.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.testing.Outcome;
import io.veilflow.pipeline.identity.IdentityException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyCeremonyTest {
    /** More than any party sends and receives in a ceremony. */
    private static final int CALLS_MAX = 46;

    private static final int SAMPLE = 4;
    private static final long SEED = 2026;

    @TempDir
    private Path folder;

    private CeremonyWorld world;

    @BeforeEach
    void makeParties() {
        world = new CeremonyWorld(folder, KeyPurpose.RESULT);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    @DisplayName(
            "G9: made, refreshed and handed on it is the same key, in a new generation each time, and every pair makes it")
    void lifeOfAKey() {
        PublicGroupKey made = done(CeremonyTask.create(), 1);
        PublicGroupKey refreshed = done(CeremonyTask.refresh(), 2);
        world.loseMachine(PartyId.P1);
        PublicGroupKey handedOn = done(CeremonyTask.replace(PartyId.P1), 3);
        assertTrue(made.isSameKey(refreshed) && made.isSameKey(handedOn));
        assertEquals(
                3,
                Stream.of(made, refreshed, handedOn)
                        .map(key -> ByteBuffer.wrap(key.shares().get(0)))
                        .distinct()
                        .count(),
                "shares are new");
    }

    @Test
    @DisplayName("G9: an account key lives the same life")
    void accountKey() throws IOException {
        try (CeremonyWorld account =
                new CeremonyWorld(Files.createDirectory(folder.resolve("account")), KeyPurpose.ACCOUNT)) {
            for (CeremonyTask task : List.of(CeremonyTask.create(), CeremonyTask.refresh())) {
                account.run(task).forEach(KeyCeremonyTest::requireEnded);
            }
            account.loseMachine(PartyId.P2);
            account.run(CeremonyTask.replace(PartyId.P2)).forEach(KeyCeremonyTest::requireEnded);
            assertEquals(1, Set.copyOf(account.inUse()).size());
            assertEquals(3, account.inUse().get(0).orElseThrow().generation());
        }
    }

    @Test
    @DisplayName("G9: an old share is useless: its store is refused as an old copy, and the others say so")
    void oldCopy() {
        done(CeremonyTask.create(), 1);
        world.copy(PartyId.P1, folder.resolve("backup"));
        done(CeremonyTask.refresh(), 2);
        world.restore(PartyId.P1, folder.resolve("backup"));
        List<Outcome<PublicGroupKey>> outcomes = world.run(CeremonyTask.refresh());
        IdentityException stale =
                assertInstanceOf(IdentityException.class, outcomes.get(1).failure());
        assertEquals(IdentityException.Problem.STALE, stale.problem());
        assertRefused(outcomes.get(0), "party-1 has an old copy of its store, generation 1 instead of 2");
        assertFalse(world.everyPairFits(), "the old share makes nothing with a new one");
        world.loseMachine(PartyId.P1);
        done(CeremonyTask.replace(PartyId.P1), 3);
    }

    @Test
    void tasksThatDoNotFitAreRefusedAndNothingChanges() {
        List<CeremonyTask> mixed = List.of(CeremonyTask.create(), CeremonyTask.refresh(), CeremonyTask.create());
        assertRefused(
                world.run(mixed, Optional.empty(), session -> session).get(0),
                "party-1 was started with keys refresh, this party with keys create group");
        assertRefused(world.run(CeremonyTask.refresh()).get(2), "party-0 has no store");
        done(CeremonyTask.create(), 1);
        assertRefused(world.run(CeremonyTask.create()).get(1), "party-0 has a key for this purpose already");
        assertRefused(world.run(CeremonyTask.replace(PartyId.P2)).get(0), "party-2 has a store");
        assertEquals(
                List.of(1, 1, 1),
                world.inUse().stream()
                        .map(key -> key.orElseThrow().generation())
                        .toList());
    }

    @Test
    @DisplayName(
            "G9: a party that crashes anywhere in a ceremony: once the three meet again all hold one generation (sample)")
    void crashes() {
        Random random = new Random(SEED);
        crashAt(IntStream.generate(() -> random.nextInt(CALLS_MAX)).limit(SAMPLE), random);
    }

    @Test
    @Tag("exhaustive")
    @DisplayName("G9: a party that crashes anywhere in a ceremony: once the three meet again all hold one generation")
    void everyCrash() {
        crashAt(IntStream.range(0, CALLS_MAX), new Random(SEED));
    }

    @Test
    @DisplayName("G9: a machine lost in the middle of a refresh is replaced, and the refresh is undone or finished")
    void lostInTheMiddle() {
        done(CeremonyTask.create(), 1);
        int generation = 1;
        for (int calls : new int[] {30, 34, 38}) {
            world.run(CeremonyTask.refresh(), PartyId.P2, session -> new CrashingSession(session, calls));
            world.loseMachine(PartyId.P2);
            List<Outcome<PublicGroupKey>> outcomes = world.run(CeremonyTask.replace(PartyId.P2));
            outcomes.forEach(KeyCeremonyTest::requireEnded);
            int reached = outcomes.get(0).result().generation();
            assertTrue(reached > generation, "crash after " + calls);
            generation = reached;
            assertTrue(world.everyPairFits());
        }
    }

    @Test
    @DisplayName("G9: who does not say the same to both others changes nothing")
    void differentWords() {
        done(CeremonyTask.create(), 1);
        List<Outcome<PublicGroupKey>> outcomes = world.run(CeremonyTask.refresh(), PartyId.P2, TwoFacedSession::new);
        for (PartyId honest : List.of(PartyId.P0, PartyId.P1)) {
            CeremonyException failure = assertInstanceOf(
                    CeremonyException.class, outcomes.get(honest.index()).failure());
            assertEquals(CeremonyException.Problem.CHEATED, failure.problem());
        }
        assertEquals(1, world.inUse().get(0).orElseThrow().generation());
        done(CeremonyTask.refresh(), 2);
    }

    private void crashAt(IntStream places, Random random) {
        done(CeremonyTask.create(), 1);
        places.forEach(calls -> {
            int before = world.inUse().get(0).orElseThrow().generation();
            PartyId crashing = PartyId.of(random.nextInt(3));
            world.run(CeremonyTask.refresh(), crashing, session -> new CrashingSession(session, calls));
            List<Optional<PublicGroupKey>> after = world.inUse();
            assertTrue(
                    after.stream().allMatch(key -> key.orElseThrow().generation() - before <= 1),
                    "crash of " + crashing + " after " + calls);
            List<Outcome<PublicGroupKey>> outcomes = world.run(CeremonyTask.refresh());
            outcomes.forEach(KeyCeremonyTest::requireEnded);
            assertEquals(1, Set.copyOf(world.inUse()).size(), "crash of " + crashing + " after " + calls);
            assertTrue(world.inUse().get(0).orElseThrow().generation() > before);
            assertTrue(world.everyPairFits(), "crash of " + crashing + " after " + calls);
        });
    }

    private PublicGroupKey done(CeremonyTask task, int generation) {
        List<Outcome<PublicGroupKey>> outcomes = world.run(task);
        outcomes.forEach(KeyCeremonyTest::requireEnded);
        PublicGroupKey key = outcomes.get(0).result();
        assertEquals(generation, key.generation());
        assertEquals(List.of(Optional.of(key), Optional.of(key), Optional.of(key)), world.inUse());
        assertTrue(world.everyPairFits());
        return key;
    }

    private static void requireEnded(Outcome<PublicGroupKey> outcome) {
        if (outcome.failed()) {
            throw new AssertionError(outcome.party() + " failed", outcome.failure());
        }
    }

    private static void assertRefused(Outcome<PublicGroupKey> outcome, String reason) {
        CeremonyException refused = assertInstanceOf(CeremonyException.class, outcome.failure());
        assertEquals(CeremonyException.Problem.REFUSED, refused.problem());
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    }
}
