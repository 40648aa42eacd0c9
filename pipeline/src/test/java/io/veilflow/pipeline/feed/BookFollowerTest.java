package io.veilflow.pipeline.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.contributor.BookEncoder;
import io.veilflow.pipeline.contributor.Contributor;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.WindowPolicy;
import io.veilflow.pipeline.submission.SampleMarket;
import io.veilflow.pipeline.wire.BatchOutcome;
import io.veilflow.pipeline.wire.Decision;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.Reason;
import io.veilflow.pipeline.wire.Tick;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BookFollowerTest {
    private static final String BANK = "bank-a";
    private static final long LIMIT_MILLIS = 1_000;

    @TempDir
    Path directory;

    private final SampleMarket market = new SampleMarket();
    private final List<BookFollower.Submitted> reported = new ArrayList<>();
    private FileBoard board;

    @BeforeEach
    void twoWindowsAreOpen() {
        board = FileBoard.open(directory);
        market.publishKeys(board);
        WindowPolicy windows = market.terms().definition().windows();
        try (BoardWriter feeder = board.writer(market.signer("feeder"))) {
            for (int window = 0; window < 2; window++) {
                long opens = windows.startMillis() + window * windows.windowMillis();
                feeder.append(Payload.newBuilder()
                        .setTick(Tick.newBuilder().setTimeMillis(opens))
                        .build());
            }
        }
    }

    @AfterEach
    void closeBoard() {
        board.close();
    }

    @Test
    @DisplayName("D1: a contributor that is started again goes on with the first book that its log does not have")
    void startedAgainItOffersNoBookTwice() throws InterruptedException {
        for (PartyId party : List.of(PartyId.P0, PartyId.P1)) {
            market.append(board, EnrolledParty.writer(party), accepted(0));
        }
        follow(books(1));
        assertEquals(
                List.of(true),
                reported.stream().map(BookFollower.Submitted::admitted).toList());
        follow(books(2));
        assertEquals(2, board.size(BANK));
        assertEquals(
                List.of(0L, 0L, 1L),
                reported.stream().map(BookFollower.Submitted::record).toList());
        assertTrue(reported.get(1).admitted(), "what became of its earlier book is told again");
        assertTrue(reported.get(2).decision().isEmpty(), "nobody has decided about the new one");
    }

    private void follow(List<List<List<BigInteger>>> books) throws InterruptedException {
        BookEncoder encoder = new BookEncoder(market.terms(), market.commitments(), new SecureRandom());
        try (Contributor contributor = new Contributor(market.terms(), board, encoder, market.signer(BANK))) {
            new BookFollower(market.terms(), board, contributor, new PassingClock(), LIMIT_MILLIS)
                    .follow(books, reported::add);
        }
    }

    private static List<List<List<BigInteger>>> books(int windows) {
        List<BigInteger> slot = List.of(BigInteger.ONE, BigInteger.TWO, BigInteger.TEN, BigInteger.ZERO);
        return List.of(List.of(slot), List.of(slot)).subList(0, windows);
    }

    private static Payload accepted(long record) {
        return Payload.newBuilder()
                .setBatchOutcome(BatchOutcome.newBuilder()
                        .addDecisions(Decision.newBuilder()
                                .setContributor(BANK)
                                .setRecord(record)
                                .setReason(Reason.ACCEPTED)))
                .build();
    }

    /** Time that passes by pausing only. */
    private static final class PassingClock implements FeedClock {
        private long now;

        @Override
        public long millis() {
            return now;
        }

        @Override
        public void pause(long millis) {
            now += millis;
        }
    }
}
