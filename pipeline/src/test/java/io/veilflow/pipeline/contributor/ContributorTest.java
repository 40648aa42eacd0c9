package io.veilflow.pipeline.contributor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.admit.CheckOutcome;
import io.veilflow.pipeline.admit.ContributorHistory;
import io.veilflow.pipeline.admit.SubmissionCheck;
import io.veilflow.pipeline.board.BoardException;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.submission.SampleMarket;
import io.veilflow.pipeline.wire.EncryptionKey;
import io.veilflow.pipeline.wire.Payload;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContributorTest {
    @TempDir
    Path directory;

    private final SampleMarket market = new SampleMarket();
    private FileBoard board;

    @BeforeEach
    void openBoard() {
        board = FileBoard.open(directory);
    }

    @AfterEach
    void closeBoard() {
        board.close();
    }

    @Test
    void whatItAppendsPassesTheCheckThatAnyoneMakes() {
        market.publishKeys(board);
        SubmissionCheck check = new SubmissionCheck(market.terms(), market.commitments());
        ContributorHistory history = new ContributorHistory();
        try (Contributor contributor = contributor("bank-a")) {
            assertInstanceOf(CheckOutcome.Submitted.class, check.check(contributor.submit(book()), history));
            assertInstanceOf(CheckOutcome.Submitted.class, check.check(contributor.submit(book()), history));
            assertInstanceOf(CheckOutcome.Withdrawn.class, check.check(contributor.withdraw(), history));
        }
        try (Contributor later = contributor("bank-a")) {
            CheckOutcome outcome = check.check(later.submit(book()), history);
            assertEquals(4, outcome.sequence(), "goes on where its log ends");
            assertInstanceOf(CheckOutcome.Submitted.class, outcome);
        }
    }

    @Test
    void nothingIsEncryptedBeforeAllPartiesHaveSignedAKey() {
        RecordVerifier verifier = RecordVerifier.of(market.terms().definition());
        assertEquals(Optional.empty(), PartyKeys.read(board, verifier));
        try (Contributor contributor = contributor("bank-a")) {
            assertThrows(IllegalStateException.class, () -> contributor.submit(book()));
            assertEquals(0, board.size("bank-a"));
        }
        market.publishKeys(board);
        assertEquals(Optional.of(SampleMarket.partyKeys()), PartyKeys.read(board, verifier));
    }

    @Test
    void theNewestPeriodOfAPartyCounts() {
        market.publishKeys(board);
        ByteString newer = SampleMarket.decryptionKey(PartyId.P0).publicKey().bytes();
        Payload renewed = Payload.newBuilder()
                .setEncryptionKey(EncryptionKey.newBuilder().setPublicKey(newer).setPeriod(1))
                .build();
        market.append(board, "party-2", renewed);
        PartyKeys keys = PartyKeys.read(board, RecordVerifier.of(market.terms().definition()))
                .orElseThrow();
        assertEquals(newer, keys.of(PartyId.P2).bytes());
    }

    @Test
    void onlyAnEnrolledContributorWithAFreeLogStarts() {
        assertThrows(IllegalArgumentException.class, () -> contributor("mallory"));
        try (Contributor first = contributor("bank-a")) {
            BoardException second = assertThrows(BoardException.class, () -> contributor("bank-a"));
            assertEquals(BoardException.Reason.LOCKED, second.reason());
            assertEquals("bank-a", first.enrolled().name());
        }
    }

    private Contributor contributor(String name) {
        BookEncoder encoder = new BookEncoder(market.terms(), market.commitments(), new SecureRandom());
        return new Contributor(market.terms(), board, encoder, market.signer(name));
    }

    private Book book() {
        List<BigInteger> slot = List.of(BigInteger.ONE, BigInteger.TWO, BigInteger.TEN, BigInteger.ZERO);
        return Book.of(market.terms(), market.contributor("bank-a"), List.of(slot));
    }
}
