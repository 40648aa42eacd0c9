package io.veilflow.zk.rule.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.veilflow.zk.rule.ClearInputs;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every leg funded and the total reached: at the limits, and on random trades. */
class SettlementRuleTest {
    private static final BigInteger MAX = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private static boolean settles(List<BigInteger> balances, List<BigInteger> amounts, BigInteger total) {
        SettlementRule settlement = SettlementRule.of(balances.size());
        List<BigInteger> book = new ArrayList<>(balances);
        book.addAll(amounts);
        ClearInputs inputs = ClearInputs.allUsed(settlement.rule(), book, settlement.publicInputs(total));
        return settlement.rule().evaluate(inputs).output("settles").equals(List.of(BigInteger.ONE));
    }

    private static boolean settles(long[] balances, long[] amounts, long total) {
        return settles(numbers(balances), numbers(amounts), BigInteger.valueOf(total));
    }

    private static List<BigInteger> numbers(long... values) {
        return Arrays.stream(values).mapToObj(BigInteger::valueOf).toList();
    }

    @Test
    void aBalanceOfExactlyTheAmountIsEnough() {
        assertEquals(true, settles(new long[] {10, 20}, new long[] {10, 20}, 30));
        assertEquals(false, settles(new long[] {9, 20}, new long[] {10, 20}, 30));
        assertEquals(false, settles(new long[] {100, 19}, new long[] {10, 20}, 30), "another account's money is not");
    }

    @Test
    void theTotalIsReachedExactlyAtItsLimit() {
        assertEquals(false, settles(new long[] {10, 20}, new long[] {10, 20}, 31));
        assertEquals(true, settles(new long[] {10, 20}, new long[] {10, 20}, 29));
    }

    @Test
    void emptySlotsAreFunded() {
        assertEquals(true, settles(new long[] {5, 0, 0}, new long[] {5, 0, 0}, 5));
        assertEquals(true, settles(new long[] {0, 0}, new long[] {0, 0}, 0));
    }

    @Test
    void largestAmountsStayExact() {
        List<BigInteger> most = List.of(MAX, MAX, MAX);
        BigInteger total = MAX.multiply(BigInteger.valueOf(3));
        assertEquals(true, settles(most, most, total));
        assertEquals(false, settles(most, most, total.add(BigInteger.ONE)));
        assertEquals(false, settles(List.of(MAX, MAX.subtract(BigInteger.ONE), MAX), most, total));
    }

    @Test
    void randomTradesAgree() {
        long seed = 99;
        Random random = new Random(seed);
        int settled = 0;
        for (int round = 0; round < 300; round++) {
            int legs = 1 + random.nextInt(5);
            long[] balances = random.longs(legs, 0, 12).toArray();
            long[] amounts = random.longs(legs, 0, 8).toArray();
            long total = random.nextInt(4 * legs);
            boolean expected = Arrays.stream(amounts).sum() >= total
                    && IntStream.range(0, legs).allMatch(leg -> amounts[leg] <= balances[leg]);
            assertEquals(expected, settles(balances, amounts, total), "seed " + seed + ", round " + round);
            settled += expected ? 1 : 0;
        }
        assertEquals(true, settled > 20 && settled < 280, "both happen: " + settled);
    }
}
