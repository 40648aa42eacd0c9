package io.veilflow.zk.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.zk.rule.job.MarketHealthRule;
import org.junit.jupiter.api.Test;

/** The builder shows ranges the way that takes fewer rows, and by bits unless limbs save enough of them. */
class RuleCostTest {
    private static RuleBuilder slots(int slots, int bits) {
        RuleBuilder rule = RuleBuilder.named("cost");
        return rule.output(
                "sum", rule.role("slot", slots).secret("amount", bits).sumOverSlots());
    }

    @Test
    void fewRangesStayBits() {
        assertEquals(0, slots(16, 64).build().limbBits());
        assertEquals(0, MarketHealthRule.of(1, 8).rule().limbBits());
    }

    @Test
    void limbsMustSaveSoManyRows() {
        boolean bits = false;
        boolean limbs = false;
        for (int slots = 60; slots < 100; slots++) {
            Rule byBits = slots(slots, 64).rangesByBits().build();
            Rule chosen = slots(slots, 64).build();
            long most = 0;
            for (int limbBits = RuleLimits.LIMB_BITS_MIN; limbBits <= RuleLimits.LIMB_BITS_MAX; limbBits++) {
                Rule byLimbs = slots(slots, 64).rangesByLimbs(limbBits).build();
                most = Math.max(most, byBits.cost().rows() - byLimbs.cost().rows());
            }
            assertEquals(most >= LimbChoice.ROWS_TO_SAVE, chosen.limbBits() > 0, slots + " slots");
            bits |= chosen.limbBits() == 0;
            limbs |= chosen.limbBits() > 0;
        }
        assertTrue(bits && limbs, "both occur");
    }

    @Test
    void theChosenLimbsHaveTheFewestRowsAndOfEqualsTheSmallerTable() {
        for (int bits : new int[] {8, 17, 33, 48, 64}) {
            Rule chosen = slots(2000, bits).build();
            assertTrue(chosen.limbBits() > 0, bits + " bits");
            for (int limbBits = RuleLimits.LIMB_BITS_MIN; limbBits <= RuleLimits.LIMB_BITS_MAX; limbBits++) {
                long other =
                        slots(2000, bits).rangesByLimbs(limbBits).build().cost().rows();
                long rows = chosen.cost().rows();
                assertTrue(
                        limbBits < chosen.limbBits() ? other > rows : other >= rows,
                        bits + " bits: limbs of " + limbBits + " and " + chosen.limbBits());
            }
        }
    }

    @Test
    void aThousandPositionsTakeAboutFortyRowsEach() {
        Rule rule = MarketHealthRule.of(1, 1024).rule();
        assertTrue(rule.limbBits() > 0);
        assertEquals(2, rule.cost().commitments());
        assertTrue(rule.cost().rows() < 46 * 1024, rule.cost().toString());
        assertTrue(rule.cost().rows() > 38 * 1024, rule.cost().toString());
    }

    @Test
    void theEstimateRisesWithRowsWordsAndCommitments() {
        RuleCost small = MarketHealthRule.of(1, 8).rule().cost();
        RuleCost large = MarketHealthRule.of(16, 512).rule().cost();
        assertTrue(small.seconds() < large.seconds());
        assertTrue(small.gas() < large.gas());
        // measured: one variable and one parameter word, one commitment and two
        assertEquals(340_900, small.gas(), 200);
        assertEquals(392_100, MarketHealthRule.of(1, 1024).rule().cost().gas(), 200);
    }

    @Test
    void searchesSideBySideTakeTheLongestAndSearchesInARowAllOfTheirBits() {
        RuleBuilder rule = RuleBuilder.named("searches");
        Expression a = rule.role("slot", 2).secret("a", 8).sumOverSlots();
        Expression short1 = rule.greatest(31, h -> h.lessThan(a));
        Expression long1 = rule.greatest(1023, h -> h.lessThan(a));
        assertEquals(10, rule.output("sum", short1.plus(long1)).build().cost().searchBits());
        Expression after = rule.greatest(7, h -> h.lessThan(long1));
        assertEquals(13, rule.output("after", after).build().cost().searchBits());
    }
}
