package io.veilflow.zk.rule.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.veilflow.zk.rule.ClearInputs;
import io.veilflow.zk.rule.ClearReading;
import io.veilflow.zk.rule.RuleException;
import io.veilflow.zk.rule.UsedSlots;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Against a sorted list, with many ties. */
class MedianAndTopRuleTest {
    private static ClearReading reading(List<Long> values, BitSet used, int bits, List<Integer> quantiles, int top) {
        MedianAndTopRule rule = MedianAndTopRule.of(values.size(), bits, quantiles.size());
        List<BigInteger> book = values.stream()
                .map(value -> new BigInteger(Long.toUnsignedString(value)))
                .toList();
        UsedSlots slots = UsedSlots.of(rule.rule(), List.of(used));
        return rule.rule().evaluate(new ClearInputs(book, rule.publicInputs(quantiles, top), slots));
    }

    private static BitSet first(int count) {
        BitSet used = new BitSet();
        used.set(0, count);
        return used;
    }

    private static BigInteger value(ClearReading reading, String output) {
        return reading.output(output).get(0);
    }

    private static BigInteger median(Long... values) {
        return value(reading(List.of(values), first(values.length), 8, List.of(), 1), "median");
    }

    @Test
    void theMedianOfAnEvenNumberIsTheLowerOne() {
        assertEquals(BigInteger.valueOf(7), median(7L));
        assertEquals(BigInteger.valueOf(3), median(9L, 3L));
        assertEquals(BigInteger.valueOf(4), median(9L, 3L, 4L));
        assertEquals(BigInteger.valueOf(4), median(9L, 3L, 5L, 4L));
        assertEquals(BigInteger.valueOf(255), median(255L, 255L, 0L));
    }

    @Test
    @DisplayName("Median, quantiles and cut are right where most numbers tie")
    void tiesAreCountedRight() {
        ClearReading reading = reading(List.of(5L, 5L, 5L, 1L, 9L, 5L), first(6), 8, List.of(1, 2000, 8000, 10_000), 2);
        assertEquals(BigInteger.valueOf(5), value(reading, "median"));
        assertEquals(BigInteger.ONE, value(reading, "quantile-0"));
        assertEquals(BigInteger.valueOf(5), value(reading, "quantile-1"));
        assertEquals(BigInteger.valueOf(5), value(reading, "quantile-2"));
        assertEquals(BigInteger.valueOf(9), value(reading, "quantile-3"));
        assertEquals(BigInteger.valueOf(5), value(reading, "cut"));
        assertEquals(BigInteger.valueOf(5), value(reading, "top"), "four tie for the second place");
    }

    @Test
    void slotsThatAreNotInUseDoNotCount() {
        ClearReading reading = reading(List.of(8L, 0L, 200L, 3L), first(1), 8, List.of(), 1);
        assertEquals(BigInteger.valueOf(8), value(reading, "median"));
        assertEquals(BigInteger.ONE, value(reading, "top"));
    }

    @Test
    void withoutAnyNumberEverythingIsZero() {
        ClearReading reading = reading(List.of(8L, 9L), new BitSet(), 8, List.of(1, 10_000), 1);
        assertEquals(Collections.nCopies(5, BigInteger.ZERO), reading.outputs());
    }

    @Test
    void fewerNumbersThanTheTopAreAllInIt() {
        ClearReading reading = reading(List.of(8L, 9L), first(2), 8, List.of(), 3);
        assertEquals(BigInteger.ZERO, value(reading, "cut"));
        assertEquals(BigInteger.TWO, value(reading, "top"));
    }

    @Test
    void largestNumbersStayExact() {
        ClearReading reading = reading(List.of(-1L, -2L, -1L), first(3), 64, List.of(1), 3);
        assertEquals(new BigInteger("18446744073709551615"), value(reading, "median"));
        assertEquals(new BigInteger("18446744073709551614"), value(reading, "cut"));
    }

    @Test
    void sharesOutsideTheirBoundsAreRefused() {
        assertThrows(RuleException.class, () -> reading(List.of(1L), first(1), 8, List.of(0), 1));
        assertThrows(RuleException.class, () -> reading(List.of(1L), first(1), 8, List.of(10_001), 1));
        assertThrows(RuleException.class, () -> reading(List.of(1L), first(1), 8, List.of(), 0));
        assertThrows(RuleException.class, () -> MedianAndTopRule.of(3, 8, 17));
    }

    @Test
    @DisplayName("Random numbers agree with a sorted list")
    void randomNumbersAgreeWithASortedList() {
        long seed = 1234;
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int slots = 1 + random.nextInt(9);
            int few = 1 + random.nextInt(12);
            List<Long> values = new ArrayList<>();
            List<Long> sorted = new ArrayList<>();
            BitSet used = new BitSet();
            for (int slot = 0; slot < slots; slot++) {
                values.add((long) random.nextInt(few) * (1 + random.nextInt(2)));
                if (random.nextInt(5) > 0) {
                    used.set(slot);
                    sorted.add(values.get(slot));
                }
            }
            Collections.sort(sorted);
            int share = 1 + random.nextInt(10_000);
            int top = 1 + random.nextInt(slots);
            ClearReading reading = reading(values, used, 10, List.of(share), top);
            String where = "seed " + seed + ", round " + round;
            int last = sorted.size() - 1;
            assertEquals(at(sorted, last / 2), value(reading, "median"), where);
            assertEquals(at(sorted, share * last / 10_000), value(reading, "quantile-0"), where);
            BigInteger cut = sorted.size() < top ? BigInteger.ZERO : at(sorted, sorted.size() - top);
            assertEquals(cut, value(reading, "cut"), where);
            long reach = sorted.stream().filter(one -> one >= cut.longValue()).count();
            assertEquals(BigInteger.valueOf(reach), value(reading, "top"), where);
        }
    }

    private static BigInteger at(List<Long> sorted, int index) {
        return sorted.isEmpty() ? BigInteger.ZERO : BigInteger.valueOf(sorted.get(index));
    }
}
