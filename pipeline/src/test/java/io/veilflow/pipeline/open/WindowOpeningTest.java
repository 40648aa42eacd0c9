package io.veilflow.pipeline.open;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.fair.FairLimits;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.ledger.UnverifiedException;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.Multiplication;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.testing.Outcome;
import io.veilflow.mpc.testing.ThreePartyWorld;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.board.SampleWriters;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.journal.FileJournal;
import io.veilflow.pipeline.journal.Journal;
import io.veilflow.pipeline.journal.JournalEntry;
import io.veilflow.pipeline.journal.JournalKey;
import io.veilflow.pipeline.journal.PassingJournal;
import io.veilflow.pipeline.party.PartyClock;
import io.veilflow.pipeline.submission.SampleMarket;
import io.veilflow.pipeline.wire.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The opening of one output over a board of files, with Ed25519 identities: 5 = 1 + 1 + 3. */
class WindowOpeningTest {
    /** Nobody waits for these. */
    private static final FairLimits GENEROUS = new FairLimits(Duration.ofSeconds(5), Duration.ofMillis(50));
    /** Until T2 somebody waits. */
    private static final FairLimits SHORT = new FairLimits(Duration.ofMillis(400), Duration.ofMillis(50));

    private static final int[] COMPONENTS = {1, 1, 3};
    private static final long[] OUTPUT = PrimeField.FR.element(5);

    private final SampleMarket market = new SampleMarket();

    @TempDir
    private Path directory;

    @Test
    void allThreeLearnTheOutputsAndTheBoardHoldsTheRecords() {
        try (FileBoard board = FileBoard.open(directory)) {
            for (Outcome<long[]> outcome :
                    attempt(board, party -> journal(party, false), GENEROUS, WindowOpeningTest::shares)) {
                assertArrayEquals(OUTPUT, outcome.result(), () -> outcome.party() + ": " + outcome.failure());
            }
            for (PartyId party : PartyId.values()) {
                assertEquals(
                        List.of(
                                Payload.BodyCase.OUTPUT_READY,
                                Payload.BodyCase.OUTPUT_ECHO,
                                Payload.BodyCase.OUTPUT_ECHO,
                                Payload.BodyCase.OUTPUT_OPENING),
                        posted(board, party));
            }
        }
    }

    @Test
    @DisplayName("C22: a party that dies between READY and its components keeps nobody from the outputs")
    void onePartyDiesAfterReady() {
        try (FileBoard board = FileBoard.open(directory)) {
            List<Outcome<long[]>> outcomes =
                    attempt(board, party -> journal(party, party == PartyId.P2), GENEROUS, WindowOpeningTest::shares);
            assertArrayEquals(OUTPUT, outcomes.get(0).result());
            assertArrayEquals(OUTPUT, outcomes.get(1).result());
            assertInstanceOf(IllegalStateException.class, outcomes.get(2).failure());
        }
    }

    @Test
    @DisplayName(
            "C9, C22: who damages its log keeps itself silent and nobody else: abort, and no component on the board")
    void aDamagedLogIsSilence() throws Exception {
        try (FileBoard board = FileBoard.open(directory)) {
            List<Outcome<long[]>> outcomes =
                    attempt(board, this::journalThatSpoilsTheLogOfP2, SHORT, WindowOpeningTest::shares);
            for (Outcome<long[]> outcome : outcomes.subList(0, 2)) {
                ProtocolAbortException abort = assertInstanceOf(ProtocolAbortException.class, outcome.failure());
                assertEquals(Optional.empty(), abort.accused());
                assertTrue(!posted(board, outcome.party()).contains(Payload.BodyCase.OUTPUT_OPENING));
            }
        }
    }

    @Test
    @DisplayName("C7: outputs behind an unverified product are not opened, and nothing is posted")
    void unverifiedOutputsAreNotOpened() {
        try (FileBoard board = FileBoard.open(directory)) {
            List<Outcome<long[]>> outcomes = attempt(board, party -> journal(party, false), SHORT, session -> {
                ElementShares shares = shares(session);
                return new Multiplication(session.operation("square")).multiply(shares, shares);
            });
            for (Outcome<long[]> outcome : outcomes) {
                assertInstanceOf(UnverifiedException.class, outcome.failure());
                assertEquals(List.of(), posted(board, outcome.party()));
            }
        }
    }

    private List<Outcome<long[]>> attempt(
            FileBoard board,
            Function<PartyId, Journal> journals,
            FairLimits limits,
            Function<Session, ElementShares> outputs) {
        ThreePartyWorld world = ThreePartyWorld.seeded(31).withProfile(Profile.M);
        return world.attempt(session -> {
            PartyId self = session.self();
            try (BoardWriter log = board.writer(market.signer(EnrolledParty.writer(self)));
                    Journal journal = journals.apply(self)) {
                return new WindowOpening(
                                market.terms(),
                                RecordVerifier.of(market.terms().definition()),
                                board,
                                log,
                                journal,
                                SampleWriters.key(EnrolledParty.writer(self)),
                                PartyClock.system(),
                                limits,
                                new OpeningDecisions())
                        .open(session, outputs.apply(session));
            }
        });
    }

    private static ElementShares shares(Session session) {
        PartyId self = session.self();
        return new ElementShares(
                PrimeField.FR,
                1,
                PrimeField.FR.element(COMPONENTS[self.index()]),
                PrimeField.FR.element(COMPONENTS[self.next().index()]));
    }

    private List<Payload.BodyCase> posted(FileBoard board, PartyId party) {
        RecordVerifier verifier = RecordVerifier.of(market.terms().definition());
        List<Payload.BodyCase> posted = new ArrayList<>();
        String log = EnrolledParty.writer(party);
        for (long index = 0; index < board.size(log); index++) {
            posted.add(verifier.verify(board.read(log, index).orElseThrow())
                    .payload()
                    .orElseThrow()
                    .getBodyCase());
        }
        return posted;
    }

    private Journal journal(PartyId party, boolean diesBeforeOpening) {
        // a party may die when it is about to open
        return new PassingJournal(file(party), (inner, entry) -> {
            if (diesBeforeOpening && entry.type() == JournalEntry.Type.OUTPUT_OPENING) {
                throw new IllegalStateException("the process is killed here");
            }
            inner.append(entry);
        });
    }

    /** A length that no record has, at the end of P2's log, before its READY. */
    private Journal journalThatSpoilsTheLogOfP2(PartyId party) {
        if (party == PartyId.P2) {
            try {
                Files.write(
                        directory.resolve("party-2.log"),
                        new byte[] {-1, -1, -1, -1, 0, 0, 0, 0},
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException failed) {
                throw new AssertionError(failed);
            }
        }
        return journal(party, false);
    }

    private FileJournal file(PartyId party) {
        return new FileJournal(
                directory.resolve("journal-" + party.index()),
                new byte[] {(byte) party.index()},
                new JournalKey(new byte[32], new SecureRandom()));
    }
}
