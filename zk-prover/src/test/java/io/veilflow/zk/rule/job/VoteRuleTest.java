package io.veilflow.zk.rule.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.zk.rule.ClearInputs;
import io.veilflow.zk.rule.RuleException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Quorum and majority at their limits, and against fractions computed another way. */
class VoteRuleTest {
    private static final int YES = VoteRule.Choice.YES.ordinal();
    private static final int NO = VoteRule.Choice.NO.ordinal();
    private static final int NONE = VoteRule.Choice.NONE.ordinal();

    private static boolean passed(long[] weights, int[] choices, int quorum, int majority) {
        VoteRule vote = VoteRule.of(weights.length);
        List<BigInteger> book = new ArrayList<>();
        for (long weight : weights) {
            book.add(new BigInteger(Long.toUnsignedString(weight)));
        }
        for (int choice : choices) {
            book.add(BigInteger.valueOf(choice));
        }
        ClearInputs inputs = ClearInputs.allUsed(vote.rule(), book, vote.publicInputs(quorum, majority));
        return vote.rule().evaluate(inputs).output("passed").equals(List.of(BigInteger.ONE));
    }

    @Test
    void theQuorumIsReachedExactlyAtItsLimit() {
        long[] weights = {40, 60, 100};
        assertTrue(passed(weights, new int[] {NONE, NONE, YES}, 5000, 5000));
        assertEquals(false, passed(weights, new int[] {NONE, NONE, YES}, 5001, 5000));
        assertTrue(passed(weights, new int[] {NONE, NO, YES}, 8000, 5000), "a no counts for the quorum");
    }

    @Test
    void aTieFails() {
        assertEquals(false, passed(new long[] {50, 50}, new int[] {YES, NO}, 0, 5000));
        assertTrue(passed(new long[] {51, 50}, new int[] {YES, NO}, 0, 5000));
        assertEquals(false, passed(new long[] {2, 1}, new int[] {YES, NO}, 0, 6667));
        assertTrue(passed(new long[] {2, 1}, new int[] {YES, NO}, 0, 6666));
    }

    @Test
    void aVoteInWhichNobodyChoseIsNotCarried() {
        assertEquals(false, passed(new long[] {10, 10}, new int[] {NONE, NONE}, 0, 0));
        assertEquals(false, passed(new long[] {0, 0}, new int[] {YES, YES}, 0, 0));
    }

    @Test
    void largestWeightsStayExact() {
        assertTrue(passed(new long[] {-1, -2}, new int[] {YES, NO}, 10_000, 5000));
        assertEquals(false, passed(new long[] {-1, -1}, new int[] {YES, NO}, 10_000, 5000));
    }

    @Test
    void aChoiceOutsideTheThreeIsRefusedByName() {
        RuleException refused = assertThrows(RuleException.class, () -> passed(new long[] {1}, new int[] {3}, 0, 0));
        assertTrue(refused.getMessage().contains("voter[0].choice"), refused.getMessage());
    }

    @Test
    void randomVotesAgreeWithFractions() {
        long seed = 4242;
        Random random = new Random(seed);
        int carried = 0;
        for (int round = 0; round < 300; round++) {
            long[] weights = new long[1 + random.nextInt(6)];
            int[] choices = new int[weights.length];
            for (int voter = 0; voter < weights.length; voter++) {
                weights[voter] = random.nextInt(50);
                choices[voter] = random.nextInt(3);
            }
            int quorum = random.nextInt(10_001);
            int majority = random.nextInt(10_001);
            boolean expected = plain(weights, choices, quorum, majority);
            assertEquals(expected, passed(weights, choices, quorum, majority), "seed " + seed + ", round " + round);
            carried += expected ? 1 : 0;
        }
        assertTrue(carried > 20 && carried < 280, "both happen: " + carried);
    }

    /** Shares as fractions, not by products. */
    private static boolean plain(long[] weights, int[] choices, int quorum, int majority) {
        long all = 0;
        long chosen = 0;
        long yes = 0;
        for (int voter = 0; voter < weights.length; voter++) {
            all += weights[voter];
            chosen += choices[voter] == NONE ? 0 : weights[voter];
            yes += choices[voter] == YES ? weights[voter] : 0;
        }
        if (chosen == 0) {
            return false;
        }
        boolean quorate = share(chosen, all).compareTo(BigDecimal.valueOf(quorum, 4)) >= 0;
        return quorate && share(yes, chosen).compareTo(BigDecimal.valueOf(majority, 4)) > 0;
    }

    private static BigDecimal share(long part, long whole) {
        return BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), MathContext.DECIMAL128);
    }
}
