package io.veilflow.pipeline.adversary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Profile;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.wire.Payload;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All three parties are honest, and the board and a contributor are not. */
class ForkedBoardITCase {
    private static final Path KEYS = Path.of("target", "test-keys");
    private static final WindowWorld.Patience PATIENCE =
            new WindowWorld.Patience(Duration.ofSeconds(5), Duration.ofSeconds(3), Duration.ofSeconds(1));
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final List<BigInteger> BOOK = List.of(BigInteger.ONE, BigInteger.ONE);
    private static final List<BigInteger> OTHER_BOOK = List.of(BigInteger.TWO, BigInteger.ONE);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(PartyId.class)
    @DisplayName("B18: a board that shows one party another record: no seal, no message of a session, nobody accused")
    void anotherRecord(PartyId deceived) {
        try (TinyJob job = new TinyJob(directory, KEYS, Profile.M);
                FileBoard fork = FileBoard.create(directory.resolve("fork"));
                WindowWorld world = new WindowWorld(
                        job,
                        directory.resolve("board"),
                        PATIENCE,
                        party -> board ->
                                party == deceived ? new ForkedBoard(board, WindowWorld.GOOD_BANK, fork) : board)) {
            world.parties().forEach(party -> party.begin(Optional.empty()));
            try (BoardWriter log = fork.writer(WindowWorld.signer(job.terms(), WindowWorld.GOOD_BANK))) {
                log.append(Payload.newBuilder()
                        .setSubmission(world.encode(WindowWorld.GOOD_BANK, 1, OTHER_BOOK))
                        .build());
            }
            world.submit(BOOK);
            assertHeldWithoutASession(world);
        }
    }

    @Test
    @DisplayName("B18: a board that withholds a log from one party: no seal, no message of a session, nobody accused")
    void nothingAtAll() {
        try (TinyJob job = new TinyJob(directory, KEYS, Profile.M);
                FileBoard empty = FileBoard.create(directory.resolve("empty"));
                WindowWorld world = new WindowWorld(
                        job,
                        directory.resolve("board"),
                        PATIENCE,
                        party -> board ->
                                party == PartyId.P2 ? new ForkedBoard(board, WindowWorld.GOOD_BANK, empty) : board)) {
            world.parties().forEach(party -> party.begin(Optional.empty()));
            world.submit(BOOK);
            boolean held = WindowWorld.await(LONGEST, () -> world.parties().stream()
                    .filter(party -> party.id() != PartyId.P2)
                    .allMatch(party -> party.held().isPresent()));
            assertTrue(held, "the two that wait for the third do not give up");
            assertNoSession(world);
        }
    }

    private static void assertHeldWithoutASession(WindowWorld world) {
        boolean held = WindowWorld.await(LONGEST, () -> world.parties().stream()
                .allMatch(party -> party.held().isPresent()));
        assertTrue(held, "a party goes on with a forked board");
        for (SeenParty party : world.parties()) {
            String reason = party.held().orElseThrow().getMessage();
            assertTrue(reason.contains("FORKED: two heads of bank-a"), reason);
            assertFalse(reason.contains(" by P"), reason);
        }
        assertNoSession(world);
    }

    private static void assertNoSession(WindowWorld world) {
        for (SeenParty party : world.parties()) {
            assertEquals(
                    List.of(),
                    party.conduct().said().stream()
                            .map(Said::place)
                            .filter(place -> place.channel() == Place.Channel.SESSION
                                    || place.what().startsWith("MANIFEST_SIGNATURE"))
                            .toList());
            assertEquals(List.of(), party.conduct().claimed());
        }
    }
}
