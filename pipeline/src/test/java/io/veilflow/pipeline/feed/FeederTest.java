package io.veilflow.pipeline.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.board.BoardWriter;
import io.veilflow.pipeline.board.FileBoard;
import io.veilflow.pipeline.board.RecordSigner;
import io.veilflow.pipeline.board.RecordVerifier;
import io.veilflow.pipeline.identity.SigningKey;
import io.veilflow.pipeline.job.EnrolledContributor;
import io.veilflow.pipeline.job.EnrolledFeeder;
import io.veilflow.pipeline.job.EnrolledParty;
import io.veilflow.pipeline.job.JobDefinition;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.job.SampleJob;
import io.veilflow.pipeline.wire.BatchOutcome;
import io.veilflow.pipeline.wire.Decision;
import io.veilflow.pipeline.wire.Payload;
import io.veilflow.pipeline.wire.Reason;
import io.veilflow.pipeline.wire.Tick;
import io.veilflow.pipeline.wire.Withdrawal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeederTest {
    private static final List<List<BigInteger>> PRICES = List.of(prices(100), prices(200));

    @TempDir
    Path folder;

    private final Map<String, SigningKey> keys = new HashMap<>();
    private JobDefinition job;
    private FileBoard board;

    @BeforeEach
    void openBoard() {
        for (String writer : List.of("feeder", "bank-a", "bank-b", "party-0", "party-1", "party-2")) {
            keys.put(writer, SigningKey.generate(new SecureRandom()));
        }
        job = enrolled(SampleJob.definition());
        board = FileBoard.create(folder.resolve("board"));
    }

    @AfterEach
    void closeBoard() {
        board.close();
    }

    @Test
    void eachWindowHasATickAtItsStartAndOneMoreClosesTheLast() throws InterruptedException {
        List<Long> posted = new ArrayList<>();
        try (BoardWriter log = writer("feeder")) {
            new Feeder(new JobTerms(job), board, log, new Pace(0, Set.of(), 0), new ManualClock())
                    .run(PRICES, posted::add);
        }
        assertEquals(List.of(0L, 1L, 2L), posted);
        assertEquals(4, board.size("feeder"));
        Tick second = payload("feeder", 1).getTick();
        assertEquals(1_000, second.getTimeMillis());
        assertEquals(new BigInteger("200000000"), number(second.getValues(0)));
        assertEquals(new BigInteger("40000000000"), number(second.getValues(1)));
        assertEquals(
                payload("feeder", 1).getTick().getValuesList(),
                payload("feeder", 2).getTick().getValuesList());
        assertTrue(payload("feeder", 3).hasEnd());
    }

    @Test
    void feedThatBeganOnItsLogGoesOnWhereItEnds() throws InterruptedException {
        try (BoardWriter log = writer("feeder")) {
            Feeder feeder = new Feeder(new JobTerms(job), board, log, new Pace(0, Set.of(), 0), new ManualClock());
            feeder.run(PRICES, tick -> {});
            feeder.run(PRICES, tick -> {});
        }
        assertEquals(4, board.size("feeder"));
    }

    @Test
    void nextTickWaitsForADecisionOfTwoPartiesAboutEachAwaitedContributor() throws InterruptedException {
        List<Long> waited = new ArrayList<>();
        ManualClock clock = new ManualClock();
        try (BoardWriter log = writer("feeder");
                BoardWriter bank = writer("bank-a");
                BoardWriter first = writer("party-0");
                BoardWriter second = writer("party-1")) {
            clock.onPause = pauses -> {
                switch (pauses) {
                    case 3 -> bank.append(withdrawal());
                    case 5 -> first.append(outcome(0));
                    case 7 -> second.append(outcome(0));
                    default -> assertTrue(board.size("feeder") < 2 || pauses > 7, "the tick came too early");
                }
            };
            new Feeder(new JobTerms(job), board, log, new Pace(10, Set.of("bank-a"), 1_000), clock)
                    .run(PRICES, tick -> waited.add(clock.millis()));
        }
        assertTrue(waited.get(1) < 1_000);
        assertTrue(waited.get(2) >= 1_000, "nothing new came in window 1, so the limit ended the wait");
    }

    @Test
    @DisplayName(
            "D1: a feeder that was killed over its wait, and is started again, waits for the same books before the next tick")
    void startedAgainItWaitsForWhatItWaitedForBefore() throws InterruptedException {
        ManualClock clock = new ManualClock();
        try (BoardWriter log = writer("feeder");
                BoardWriter bank = writer("bank-a");
                BoardWriter first = writer("party-0");
                BoardWriter second = writer("party-1")) {
            Pace pace = new Pace(10, Set.of("bank-a"), 1_000);
            clock.onPause = pauses -> {
                throw new IllegalStateException("killed");
            };
            Feeder killed = new Feeder(new JobTerms(job), board, log, pace, clock);
            assertThrows(IllegalStateException.class, () -> killed.run(PRICES, tick -> {}));
            assertEquals(1, board.size("feeder"));
            bank.append(withdrawal());
            clock.onPause = pauses -> {
                if (pauses == 5) {
                    assertEquals(1, board.size("feeder"), "the tick came before the book was decided");
                    first.append(outcome(0));
                    second.append(outcome(0));
                }
            };
            new Feeder(new JobTerms(job), board, log, pace, clock).run(PRICES, tick -> {});
        }
        assertEquals(4, board.size("feeder"));
    }

    @Test
    @DisplayName(
            "of contributors that nobody asks for nothing is kept: an hour of others' records once filled the memory")
    void aLedgerIsAboutWhomItIsAskedFor() {
        DecisionLedger about = new DecisionLedger(job, board, Set.of("bank-a"));
        DecisionLedger others = new DecisionLedger(job, board, Set.of("bank-b"));
        try (BoardWriter first = writer("party-0");
                BoardWriter second = writer("party-1")) {
            first.append(outcome(0));
            second.append(outcome(0));
        }
        about.refresh();
        others.refresh();
        assertEquals(Optional.of(Reason.ACCEPTED), about.decision("bank-a", 0));
        assertEquals(1, about.decidedRecords("bank-a"));
        assertEquals(Optional.empty(), others.decision("bank-a", 0));
        assertEquals(0, others.decidedRecords("bank-a"));
    }

    @Test
    void valuesThatDoNotFitTheJobAreRefusedBeforeAnythingIsPosted() {
        BigInteger huge = BigInteger.ONE.shiftLeft(64);
        try (BoardWriter log = writer("feeder")) {
            Feeder feeder = new Feeder(new JobTerms(job), board, log, new Pace(0, Set.of(), 0), new ManualClock());
            List<List<BigInteger>> prices = List.of(prices(100), List.of(huge, huge));
            assertThrows(IllegalArgumentException.class, () -> feeder.run(prices, tick -> {}));
        }
        assertEquals(0, board.size("feeder"));
    }

    private static List<BigInteger> prices(int dollars) {
        BigInteger price = BigInteger.valueOf(dollars * 100_000_000L);
        return List.of(price.divide(BigInteger.valueOf(100)), price.multiply(BigInteger.TWO));
    }

    private static BigInteger number(ByteString value) {
        return new BigInteger(1, value.toByteArray());
    }

    private static Payload withdrawal() {
        return Payload.newBuilder()
                .setWithdrawal(Withdrawal.newBuilder().setSequence(1))
                .build();
    }

    private static Payload outcome(long record) {
        return Payload.newBuilder()
                .setBatchOutcome(BatchOutcome.newBuilder()
                        .addDecisions(Decision.newBuilder()
                                .setContributor("bank-a")
                                .setRecord(record)
                                .setReason(Reason.ACCEPTED)))
                .build();
    }

    private Payload payload(String writer, long index) {
        return RecordVerifier.of(job)
                .verify(board.read(writer, index).orElseThrow())
                .payload()
                .orElseThrow();
    }

    private BoardWriter writer(String name) {
        return board.writer(new RecordSigner(ByteString.copyFrom(job.configurationHash()), name, keys.get(name)::sign));
    }

    private JobDefinition enrolled(JobDefinition sample) {
        return new JobDefinition(
                sample.name(),
                sample.profile(),
                sample.environment(),
                sample.program(),
                sample.contributors().stream()
                        .map(bank -> new EnrolledContributor(
                                bank.name(), publicKey(bank.name()), bank.role(), bank.firstSlot(), bank.slots()))
                        .toList(),
                sample.parties().stream()
                        .map(party -> new EnrolledParty(
                                party.id(), party.host(), party.port(), publicKey(party.writer()), party.tlsPin()))
                        .toList(),
                sample.group(),
                new EnrolledFeeder("feeder", publicKey("feeder")),
                sample.windows(),
                sample.chain(),
                sample.keyDigest(),
                sample.basisDigest());
    }

    private ByteString publicKey(String writer) {
        return ByteString.copyFrom(keys.get(writer).verificationKey().bytes());
    }

    /** Time that passes by pausing only. */
    private static final class ManualClock implements FeedClock {
        private long now;
        private int pauses;
        private IntConsumer onPause = pauses -> {};

        @Override
        public long millis() {
            return now;
        }

        @Override
        public void pause(long millis) {
            now += Math.max(millis, 1);
            onPause.accept(++pauses);
        }
    }
}
