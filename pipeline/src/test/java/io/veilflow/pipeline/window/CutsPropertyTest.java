package io.veilflow.pipeline.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.encoding.Fields;
import io.veilflow.pipeline.encoding.Hashes;
import io.veilflow.pipeline.job.JobTerms;
import io.veilflow.pipeline.submission.SampleMarket;
import io.veilflow.pipeline.wire.Cut;
import io.veilflow.pipeline.wire.LogPosition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CutsPropertyTest {
    private final JobTerms terms = new SampleMarket().terms();

    @Test
    void theMinimumIsReachedByAllAndIsOneOfTheirPositionsEverywhere() {
        long seed = 7;
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<Cut> cuts = List.of(cut(random), cut(random), cut(random));
            Cut minimum = Cuts.minimum(cuts);
            String where = "seed " + seed + ", round " + round;
            assertTrue(Cuts.hasForm(terms, minimum), where);
            for (Cut cut : cuts) {
                assertTrue(Cuts.reaches(cut, minimum), where);
            }
            for (int log = 0; log < minimum.getPositionsCount(); log++) {
                int at = log;
                long least = cuts.stream()
                        .mapToLong(cut -> cut.getPositions(at).getRecords())
                        .min()
                        .orElseThrow();
                assertEquals(position(terms.logs().get(log), least, 0), minimum.getPositions(log), where);
            }
            List<Cut> shuffled = new ArrayList<>(cuts);
            Collections.shuffle(shuffled, random);
            assertEquals(minimum, Cuts.minimum(shuffled), where);
        }
    }

    @Test
    void whatLiesBetweenTwoCutsIsCountedLogByLog() {
        Random random = new Random(11);
        String left = terms.logs().get(1);
        for (int round = 0; round < 200; round++) {
            Cut one = cut(random);
            Cut from = Cuts.minimum(List.of(one, cut(random)));
            long expected = terms.logs().stream()
                    .filter(log -> !log.equals(left))
                    .mapToLong(log -> Cuts.records(one, log) - Cuts.records(from, log))
                    .sum();
            assertEquals(expected, Cuts.recordsBetween(from, one, left));
            boolean more = terms.logs().stream().anyMatch(log -> Cuts.records(one, log) > Cuts.records(from, log));
            assertEquals(!more, Cuts.reaches(from, one));
        }
    }

    @Test
    void twoHeadsAfterTheSameRecordsAreAForkWhicheverCutsShowIt() {
        for (int at = 0; at < terms.logs().size(); at++) {
            String forked = terms.logs().get(at);
            Cut three = Cuts.of(terms, log -> position(log, 3, 0));
            Cut five = Cuts.of(terms, log -> position(log, 5, 0));
            Cut other = Cuts.of(terms, log -> position(log, 3, log.equals(forked) ? 1 : 0));
            for (List<Cut> cuts :
                    List.of(List.of(three, other, five), List.of(five, three, other), List.of(other, five, three))) {
                SealingException refused = assertThrows(SealingException.class, () -> Cuts.minimum(cuts));
                assertEquals(SealingException.Reason.FORKED, refused.reason());
                assertTrue(refused.getMessage().contains(forked));
            }
        }
    }

    @Test
    void aCutNamesEveryLogInOrderWithAHeadThatCanBe() {
        Cut good = Cuts.of(terms, log -> position(log, 2, 0));
        assertTrue(Cuts.hasForm(terms, good));
        assertTrue(Cuts.hasForm(terms, Cuts.empty(terms)));
        assertFalse(Cuts.hasForm(terms, good.toBuilder().removePositions(0).build()));
        assertFalse(Cuts.hasForm(
                terms, good.toBuilder().addPositions(good.getPositions(0)).build()));
        Cut swapped = good.toBuilder()
                .setPositions(0, good.getPositions(1))
                .setPositions(1, good.getPositions(0))
                .build();
        assertFalse(Cuts.hasForm(terms, swapped));
        LogPosition first = good.getPositions(0);
        for (LogPosition bad : List.of(
                first.toBuilder().setHead(ByteString.EMPTY).build(),
                first.toBuilder().setRecords(-1).build(),
                first.toBuilder().setRecords(0).build())) {
            assertFalse(
                    Cuts.hasForm(terms, good.toBuilder().setPositions(0, bad).build()));
        }
    }

    private Cut cut(Random random) {
        return Cuts.of(terms, log -> position(log, random.nextInt(4), 0));
    }

    private static LogPosition position(String log, long records, int fork) {
        if (records == 0) {
            return Cuts.beforeFirst(log);
        }
        byte[] head = Hashes.sha256Fields("head", Fields.text(log), Fields.u64(records), Fields.u32(fork));
        return LogPosition.newBuilder()
                .setWriter(log)
                .setRecords(records)
                .setHead(ByteString.copyFrom(head))
                .build();
    }
}
