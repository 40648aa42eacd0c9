package io.veilflow.zk.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What each node comes to, on rules of a few nodes. */
class ClearNodesTest {
    private final RuleBuilder rule = RuleBuilder.named("nodes");

    private static List<BigInteger> numbers(long... values) {
        return LongStream.of(values).mapToObj(BigInteger::valueOf).toList();
    }

    private static ClearReading read(Rule rule, long... book) {
        return rule.evaluate(ClearInputs.allUsed(rule, numbers(book), List.of()));
    }

    /** Two secret bits per slot, all four pairs. */
    private List<BigInteger> truthTable(BiFunction<Expression, Expression, Expression> logic) {
        RoleBuilder slot = rule.role("slot", 4);
        Expression value = logic.apply(slot.secret("a", 1), slot.secret("b", 1));
        return read(rule.outputEach("result", value).build(), 0, 0, 0, 1, 1, 0, 1, 1)
                .outputs();
    }

    @Test
    void and() {
        assertEquals(numbers(0, 0, 0, 1), truthTable(Expression::and));
    }

    @Test
    void or() {
        assertEquals(numbers(0, 1, 1, 1), truthTable(Expression::or));
    }

    @Test
    void not() {
        assertEquals(numbers(1, 1, 0, 0), truthTable((a, b) -> a.not()));
    }

    @Test
    void equalAndLessAndAtMost() {
        assertEquals(numbers(1, 0, 0, 1), truthTable(Expression::equalTo));
        assertEquals(numbers(0, 1, 0, 0), new ClearNodesTest().truthTable(Expression::lessThan));
        assertEquals(numbers(1, 1, 0, 1), new ClearNodesTest().truthTable(Expression::atMost));
    }

    @Test
    void selectTakesTheFirstWhereTheBitIsSet() {
        RoleBuilder slot = rule.role("slot", 2);
        Expression bit = slot.secret("bit", 1);
        Expression chosen = slot.secret("chosen", -9, 9);
        Rule built = rule.outputEach(
                        "result", bit.select(chosen, rule.constant(-4)).plus(rule.constant(9)))
                .build();
        assertEquals(numbers(5, 2), read(built, 0, 7, 1, -7).outputs());
    }

    @Test
    void sumsByOwnerFollowTheirSlots() {
        RoleBuilder slot = rule.role("slot", List.of(1, 3, 2));
        Rule built = rule.outputEach("result", slot.secret("a", 8).sumByOwner()).build();
        assertEquals(numbers(1, 9, 11), read(built, 1, 2, 3, 4, 5, 6).outputs());
        assertEquals(List.of(1, 3, 2), built.roles().get(0).ownerSlots());
    }

    @Test
    void ownersThatNoNodeAsksForAreNoPartOfTheRule() {
        Rule with = rule.outputEach("a", rule.role("slot", List.of(1, 2)).secret("a", 8))
                .build();
        RuleBuilder other = RuleBuilder.named("nodes");
        Rule without =
                other.outputEach("a", other.role("slot", 3).secret("a", 8)).build();
        assertEquals(without, with);
    }

    @Test
    void zipReadsTheSlotWithTheSameIndexAndBroadcastTheOnlyOne() {
        RoleBuilder weights = rule.role("weights", 3);
        RoleBuilder voters = rule.role("voters", 3);
        RoleBuilder model = rule.role("model", 1);
        Expression weighted = weights.secret("weight", 8).zipTo(voters).times(voters.secret("vote", 8));
        Rule built = rule.outputEach(
                        "result", weighted.plus(model.secret("bias", 8).broadcast()))
                .build();
        assertEquals(numbers(104, 110, 118), read(built, 1, 2, 3, 4, 5, 6, 100).outputs());
    }

    @Test
    void usedSlotsAreReadAndPublished() {
        RoleBuilder slot = rule.role("slot", 4);
        Expression counted = slot.secret("a", 8).times(slot.used());
        Rule built = rule.output("sum", counted.sumOverSlots()).build();
        BitSet used = new BitSet();
        used.set(1);
        used.set(3);
        UsedSlots slots = UsedSlots.of(built, List.of(used));
        ClearReading reading = built.evaluate(new ClearInputs(numbers(1, 2, 4, 8), List.of(), slots));
        assertEquals(numbers(10), reading.outputs());
        assertEquals(numbers(0, 1, 0, 1), reading.circuitInputs().subList(4, 8), "behind the book");
        List<BigInteger> words = built.publicWords().pack(reading.publicValues());
        // ten bits of the sum, then one a slot
        assertEquals(numbers(10 + (0b1010 << 10)), words);
        assertEquals(reading.publicValues(), built.publicWords().unpack(words));
    }

    @Test
    void usedSlotsOfRolesThatAreNotAskedMakeNoDifference() {
        RoleBuilder slot = rule.role("slot", 2);
        Rule built = rule.output("sum", slot.secret("a", 8).sumOverSlots()).build();
        assertEquals(UsedSlots.all(built), UsedSlots.of(built, List.of(new BitSet())));
        BitSet tooFar = new BitSet();
        tooFar.set(2);
        RuleException refused = assertThrows(RuleException.class, () -> UsedSlots.of(built, List.of(tooFar)));
        assertTrue(refused.getMessage().contains("slot 2 of role slot"), refused.getMessage());
    }

    @Test
    void greatestIsTheGreatestNumberThatHolds() {
        RoleBuilder slot = rule.role("slot", 3);
        Expression a = slot.secret("a", 8);
        Expression root = slot.greatestOfEach(15, h -> h.times(h).atMost(a));
        Rule built = rule.outputEach("root", root).build();
        assertEquals(numbers(0, 7, 15), read(built, 0, 63, 255).outputs());
    }

    @Test
    void greatestIsZeroWhereNothingHoldsAndStopsAtAnyMaximum() {
        RoleBuilder slot = rule.role("slot", 2);
        Expression a = slot.secret("a", 8);
        Expression never = slot.greatestOfEach(7, h -> h.lessThan(a.minus(rule.constant(300))));
        Expression always = slot.greatestOfEach(100, h -> h.lessThan(a.plus(rule.constant(300))));
        Rule built =
                rule.outputEach("never", never).outputEach("always", always).build();
        assertEquals(numbers(0, 0, 100, 100), read(built, 0, 255).outputs());
    }

    @Test
    void greatestOfEachOwner() {
        RoleBuilder slot = rule.role("slot", List.of(2, 1));
        Expression total = slot.secret("a", 8).sumByOwner();
        Expression half = slot.greatestOfEachOwner(511, h -> h.times(2).atMost(total));
        assertEquals(
                numbers(4, 5),
                read(rule.outputEach("half", half).build(), 4, 5, 10).outputs());
    }

    @Test
    void nodesOfACandidateAreReadAtTheNumberAndAtTheNext() {
        RoleBuilder slot = rule.role("slot", 3);
        Expression a = slot.secret("a", 8);
        List<Expression> below = new ArrayList<>();
        Expression median = rule.greatest(255, m -> {
            below.add(a.lessThan(m));
            return below.get(0).sumOverSlots().atMost(rule.constant(1));
        });
        ClearReading reading = read(rule.output("median", median).build(), 9, 4, 7);
        assertEquals(numbers(7), reading.outputs());
        assertEquals(numbers(0, 1, 0), reading.values(below.get(0).node(), 0));
        assertEquals(numbers(0, 1, 1), reading.values(below.get(0).node(), 1));
        // copy 0, then copy 1, of three comparisons, then of one
        assertEquals(numbers(0, 1, 0, 0, 1, 1, 0, 1), reading.advice());
    }

    @Test
    void quotientsRoundDownAndZeroCountsAsOne() {
        RoleBuilder slot = rule.role("slot", 1);
        Expression a = slot.secret("a", 8).sumOverSlots();
        Expression b = slot.secret("b", 8).sumOverSlots();
        Rule built = rule.output("quotient", rule.quotient(a, b, 255)).build();
        assertEquals(numbers(4), read(built, 14, 3).outputs());
        assertEquals(numbers(5), read(built, 15, 3).outputs());
        assertEquals(numbers(0), read(built, 2, 3).outputs());
        assertEquals(numbers(0), read(built, 0, 0).outputs());
        assertEquals(numbers(9), read(built, 9, 0).outputs());
    }

    @Test
    void vectorsOfPublicInputsAreNamedByTheirPlace() {
        RoleBuilder slot = rule.role("slot", 1);
        List<Expression> prices = rule.feedVector("price", 2, 8);
        List<Expression> weights = rule.parameterVector("weight", 2, 4);
        Expression a = slot.secret("a", 8).sumOverSlots();
        Rule built = rule.output(
                        "sum",
                        a.times(prices.get(0).times(weights.get(0)))
                                .plus(a.times(prices.get(1)).times(weights.get(1))))
                .build();
        assertEquals(
                List.of("price-0", "price-1", "weight-0", "weight-1"),
                built.publicInputs().stream().map(PublicInput::name).toList());
        ClearInputs inputs = ClearInputs.allUsed(built, numbers(2), numbers(3, 5, 7, 11));
        assertEquals(numbers(2 * (21 + 55)), built.evaluate(inputs).outputs());
    }

    @Test
    void aMaskedOutputIsTheValueAndTheOwnersMask() {
        RoleBuilder slot = rule.role("slot", 2);
        Expression score = slot.secret("score", 8);
        Rule built =
                rule.outputEachToOwner("score", score, slot.secret("mask", 48)).build();
        ClearReading reading = read(built, 5, 1000, 6, (1L << 48) - 1);
        assertEquals(numbers(1005, (1L << 48) + 5), reading.outputs());
        assertTrue(built.outputs().get(0).mask().isPresent());
    }

    @Test
    void rangesOfNumbersWithTwoEndsAreShownFromBoth() {
        RoleBuilder slot = rule.role("slot", 1);
        Expression a = slot.secret("a", -5, 9);
        slot.secret("b", -8, 7);
        Rule built = rule.output("a", a.plus(rule.constant(5)).sumOverSlots()).build();
        List<Range> ranges = built.ranges().ranges();
        assertEquals(
                List.of(Range.Kind.ABOVE_MINIMUM, Range.Kind.BELOW_MAXIMUM, Range.Kind.ABOVE_MINIMUM),
                ranges.stream().map(Range::kind).toList());
        // -2 + 5 = 3, 9 + 2 = 11, 7 + 8 = 15, four bits each
        assertEquals(
                numbers(1, 1, 0, 0, 1, 1, 0, 1, 1, 1, 1, 1), read(built, -2, 7).bits());
    }

    @Test
    void limbsCountsAndShiftedTopLimbs() {
        RoleBuilder slot = rule.role("slot", 1);
        Expression a = slot.secret("a", 10);
        slot.secret("b", 8);
        slot.secret("c", 2);
        Rule built = rule.output("a", a.sumOverSlots()).rangesByLimbs(4).build();
        ClearReading reading = read(built, 0x2f3, 0x33, 3);
        assertEquals(numbers(3, 15, 2, 3, 3), reading.limbs());
        assertEquals(numbers(1, 1), reading.bits(), "two bits stay bits");
        assertEquals(6, built.ranges().lookups(), "the top limb of ten bits is looked up as 2 and as 8");
        BigInteger[] counts = new BigInteger[16];
        Arrays.fill(counts, BigInteger.ZERO);
        counts[2] = BigInteger.ONE;
        counts[3] = BigInteger.valueOf(3);
        counts[8] = BigInteger.ONE;
        counts[15] = BigInteger.ONE;
        assertEquals(List.of(counts), reading.counts());
    }
}
