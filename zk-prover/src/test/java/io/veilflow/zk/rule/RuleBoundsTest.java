package io.veilflow.zk.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Bounds and refusals: every refusal names its node. */
class RuleBoundsTest {
    private final RuleBuilder rule = RuleBuilder.named("bounds");
    private final RoleBuilder slot = rule.role("slot", 2);
    private final Expression amount = slot.secret("amount", 64);

    private RuleException refusal(Expression output) {
        rule.output("result", output);
        return assertThrows(RuleException.class, rule::build);
    }

    private static void assertRefused(RuleException refusal, RuleException.Reason reason, String... parts) {
        assertEquals(reason, refusal.reason());
        for (String part : parts) {
            assertTrue(refusal.getMessage().contains(part), refusal.getMessage() + " names " + part);
        }
    }

    private Expression publicBits(int bits) {
        return rule.constant(BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE));
    }

    @Test
    @DisplayName("A9: a value that can reach 2^250 is refused when the rule is built, the node and the bound named")
    void aValueThatCanReachTwoToThe250IsRefusedByNode() {
        Expression tooLarge = amount.times(publicBits(187));
        Expression flag = tooLarge.lessThan(amount);
        assertRefused(
                refusal(flag.sumOverSlots()),
                RuleException.Reason.FIELD_BOUND,
                "node n" + tooLarge.node(),
                "slot.amount *",
                "251 bits",
                "2^250");
    }

    @Test
    void aValueJustBelowTheBoundIsAllowed() {
        RuleBuilder other = RuleBuilder.named("below");
        Expression field = other.role("slot", 1).secret("amount", 1);
        Expression large =
                field.times(other.constant(BigInteger.ONE.shiftLeft(250).subtract(BigInteger.ONE)));
        Expression flag = field.lessThan(other.constant(1));
        Rule built = other.output("result", flag.sumOverSlots()).build();
        assertEquals(250, built.nodes().get(large.node()).interval().magnitudeBits());
    }

    @Test
    void aNegativeBoundCountsToo() {
        Expression negative =
                amount.times(rule.constant(BigInteger.ONE.shiftLeft(190).negate()));
        assertRefused(
                refusal(negative.lessThan(amount).sumOverSlots()),
                RuleException.Reason.FIELD_BOUND,
                "node n" + negative.node());
    }

    @Test
    @DisplayName("A comparison of 169 bits is built, one of more is refused by its node")
    void aComparisonMayHave169BitsAndNotMore() {
        Expression wide = amount.times(publicBits(105));
        RuleBuilder same = RuleBuilder.named("same");
        Expression field = same.role("slot", 2).secret("amount", 64);
        Expression allowed =
                field.times(same.constant(BigInteger.ONE.shiftLeft(105))).lessThan(same.constant(0));
        Rule built = same.output("result", allowed.sumOverSlots()).build();
        assertEquals(169, built.nodes().get(allowed.node()).comparisonWidth());

        Expression refused = wide.times(rule.constant(4)).lessThan(amount);
        assertRefused(
                refusal(refused.sumOverSlots()),
                RuleException.Reason.COMPARISON_WIDTH,
                "node n" + refused.node(),
                "171 bits",
                "169");
    }

    @Test
    void twoRolesDoNotMix() {
        Expression other = rule.role("other", 2).secret("weight", 8);
        Expression mixed = amount.times(other);
        assertRefused(
                refusal(mixed.sumOverSlots()),
                RuleException.Reason.ROLES_MIXED,
                "node n" + mixed.node(),
                "the slots of slot and the slots of other");
    }

    @Test
    void twoPublicValuesAreNotCompared() {
        Expression price = rule.feed("price", 64);
        Expression compared = price.lessThan(rule.constant(5));
        assertRefused(
                refusal(amount.sumOverSlots()), RuleException.Reason.PUBLIC_COMPARISON, "node n" + compared.node());
    }

    @Test
    void aScalarIsNotSummedOverSlots() {
        Expression sum = amount.sumOverSlots().sumOverSlots();
        assertRefused(refusal(sum), RuleException.Reason.SUM_OF_SCALAR, "node n" + sum.node());
    }

    @Test
    void anOutputIsNeverNegative() {
        Expression difference = amount.minus(rule.constant(1)).sumOverSlots();
        assertRefused(
                refusal(difference), RuleException.Reason.OUTPUT_NOT_PUBLISHABLE, "result", "n" + difference.node());
    }

    @Test
    void anOutputIsAScalarAndASecret() {
        assertRefused(refusal(amount), RuleException.Reason.OUTPUT_NOT_PUBLISHABLE, "per slot");
        RuleBuilder other = RuleBuilder.named("known");
        other.role("slot", 1).secret("amount", 64);
        other.output("price", other.feed("price", 64));
        assertRefused(
                assertThrows(RuleException.class, other::build),
                RuleException.Reason.OUTPUT_NOT_PUBLISHABLE,
                "known to everybody");
    }

    @Test
    void outputsHave2024BitsTogetherAtMost() {
        for (int output = 0; output < 31; output++) {
            rule.output("output-" + output, amount.sumOverSlots());
        }
        rule.output("last", amount.plus(amount).sumOverSlots());
        assertRefused(assertThrows(RuleException.class, rule::build), RuleException.Reason.OUTPUT_BITS, "2081", "2024");
    }

    @Test
    void kindsFollowFromTheOperands() {
        Expression price = rule.feed("price", 32);
        Expression linear = amount.times(price).plus(rule.constant(3));
        Expression product = linear.times(amount);
        Rule built =
                rule.output("result", product.lessThan(linear).sumOverSlots()).build();
        List<RuleNode> nodes = built.nodes();
        assertEquals(NodeKind.PUBLIC, nodes.get(price.node()).kind());
        assertEquals(NodeKind.LINEAR, nodes.get(linear.node()).kind());
        assertEquals(NodeKind.FIELD, nodes.get(product.node()).kind());
        assertEquals(Shape.perSlotOf(0), nodes.get(product.node()).shape());
    }

    @Test
    void namesCountsAndWidthsHaveLimits() {
        assertMalformed(RuleBuilder.named("Upper"), 64, 1);
        assertMalformed(RuleBuilder.named("wide-input"), 65, 1);
        assertMalformed(RuleBuilder.named("no-bits"), 0, 1);
        assertMalformed(RuleBuilder.named("no-slots"), 64, 0);
        assertMalformed(RuleBuilder.named("many-slots"), 64, (1 << 20) + 1);
        slot.secret("amount", 3);
        assertRefused(refusal(amount.sumOverSlots()), RuleException.Reason.MALFORMED, "amount stands twice");
    }

    private static void assertMalformed(RuleBuilder builder, int bits, int slots) {
        Expression field = builder.role("slot", slots).secret("amount", bits);
        builder.output("sum", field.sumOverSlots());
        assertEquals(
                RuleException.Reason.MALFORMED,
                assertThrows(RuleException.class, builder::build).reason());
    }

    @Test
    void logicTakesBitsOnly() {
        List<BinaryOperator<Expression>> wrong = List.of(
                (flag, number) -> flag.and(number),
                (flag, number) -> number.or(flag),
                (flag, number) -> number.not(),
                (flag, number) -> flag.and(flag.plus(flag)),
                (flag, number) -> flag.or(flag.minus(number.lessThan(flag))));
        for (BinaryOperator<Expression> logic : wrong) {
            RuleBuilder builder = RuleBuilder.named("logic");
            RoleBuilder role = builder.role("slot", 2);
            Expression result = logic.apply(role.secret("flag", 1), role.secret("number", 64));
            builder.outputEach("result", result);
            assertRefused(
                    assertThrows(RuleException.class, builder::build),
                    RuleException.Reason.NOT_A_BIT,
                    "node n" + result.node(),
                    "takes bits, and n");
        }
    }

    @Test
    void theConditionOfASelectionAndOfASearchIsABit() {
        Expression chosen = amount.select(amount, amount);
        assertRefused(
                refusal(chosen.sumOverSlots()), RuleException.Reason.NOT_A_BIT, "node n" + chosen.node(), "takes bits");
        RuleBuilder search = RuleBuilder.named("search");
        search.role("slot", 1).secret("amount", 8);
        Expression found = search.greatest(3, h -> h.plus(h));
        search.output("found", found);
        assertRefused(
                assertThrows(RuleException.class, search::build),
                RuleException.Reason.NOT_A_BIT,
                "node n" + found.node());
    }

    @Test
    void zipBroadcastAndSumsTakeTheirShapes() {
        assertShapeRefused(rule -> rule.role("b", 3), (a, b) -> a.zipTo(b).sumOverSlots(), "2 slots", "as 3");
        assertShapeRefused(rule -> rule.role("b", 2), (a, b) -> a.broadcast(), "not of 2");
        assertShapeRefused(rule -> rule.role("b", 2), (a, b) -> a.sumByOwner().sumOverSlots(), "has no owners");
        assertShapeRefused(rule -> rule.role("b", 2), (a, b) -> a.sumOverSlots().zipTo(b), "a scalar");
        assertShapeRefused(rule -> rule.role("b", 2), (a, b) -> a.sumOverSlots().broadcast(), "a scalar");
        assertShapeRefused(
                rule -> rule.role("b", 2),
                (a, b) -> b.greatestOfEach(
                        3, h -> h.lessThan(a.zipTo(b)).sumOverSlots().lessThan(a.sumOverSlots())),
                "candidate");
    }

    private static void assertShapeRefused(
            Function<RuleBuilder, RoleBuilder> other, BinaryShape wrong, String... parts) {
        RuleBuilder rule = RuleBuilder.named("shapes");
        Expression a = rule.role("a", 2).secret("amount", 8);
        RoleBuilder b = other.apply(rule);
        b.secret("weight", 8);
        rule.output("result", wrong.of(a, b));
        RuleException refused = assertThrows(RuleException.class, rule::build);
        assertTrue(
                refused.reason() == RuleException.Reason.WRONG_SHAPE
                        || refused.reason() == RuleException.Reason.CANDIDATE,
                refused.getMessage());
        for (String part : parts) {
            assertTrue(refused.getMessage().contains(part), refused.getMessage() + " names " + part);
        }
    }

    private interface BinaryShape {
        Expression of(Expression a, RoleBuilder b);
    }

    @Test
    void slotsAndOwnersOfOneRoleDoNotMix() {
        RuleBuilder owned = RuleBuilder.named("owned");
        Expression a = owned.role("a", List.of(1, 1)).secret("amount", 8);
        Expression mixed = a.plus(a.sumByOwner());
        owned.outputEach("result", mixed);
        assertRefused(
                assertThrows(RuleException.class, owned::build),
                RuleException.Reason.ROLES_MIXED,
                "the slots of a and the owners of a");
    }

    @Test
    void ownersHaveAllSlotsAndNoneIsEmpty() {
        for (List<Integer> owners : List.of(List.of(2, 0), List.of(-1, 3))) {
            RuleBuilder owned = RuleBuilder.named("owned");
            owned.outputEach(
                    "result", owned.role("a", owners).secret("amount", 8).sumByOwner());
            assertRefused(
                    assertThrows(RuleException.class, owned::build),
                    RuleException.Reason.MALFORMED,
                    "slots of an owner of role a");
        }
    }

    @Test
    void aCandidateStaysInTheConditionOfItsGreatest() {
        List<Expression> candidate = new ArrayList<>();
        rule.greatest(7, h -> {
            candidate.add(h);
            return h.lessThan(amount.sumOverSlots());
        });
        assertRefused(refusal(candidate.get(0)), RuleException.Reason.OUTPUT_NOT_PUBLISHABLE, "depends on a candidate");
    }

    @Test
    void twoCandidatesDoNotMeet() {
        Expression inner = rule.greatest(7, h -> {
            rule.greatest(7, other -> other.lessThan(h.plus(amount.sumOverSlots())));
            return h.lessThan(amount.sumOverSlots());
        });
        assertRefused(refusal(inner), RuleException.Reason.CANDIDATE, "depends on the candidates");
    }

    @Test
    void aConditionWithoutItsCandidateIsRefused() {
        Expression found = rule.greatest(7, h -> amount.sumOverSlots().lessThan(rule.constant(5)));
        assertRefused(refusal(found), RuleException.Reason.CANDIDATE, "node n" + found.node(), "does not depend on");
    }

    @Test
    void numbersThatAreFoundSideBySideAreNotAdded() {
        List<Expression> sums = new ArrayList<>();
        Expression found = slot.greatestOfEach(7, h -> {
            sums.add(h.sumOverSlots());
            return sums.get(0).lessThan(amount);
        });
        rule.outputEach("result", found);
        assertRefused(
                assertThrows(RuleException.class, rule::build),
                RuleException.Reason.CANDIDATE,
                "node n" + sums.get(0).node(),
                "sums over the numbers");
    }

    @Test
    void aSearchHasAtLeastTwoNumbersAndAtMost64Bits() {
        assertEquals(
                RuleException.Reason.MALFORMED,
                assertThrows(RuleException.class, () -> rule.greatest(0, h -> h.lessThan(amount)))
                        .reason());
        Expression found = rule.greatest(BigInteger.ONE.shiftLeft(64), h -> h.lessThan(amount.sumOverSlots()));
        assertRefused(refusal(found), RuleException.Reason.MALFORMED, "bits of node n1", "65");
    }

    @Test
    @DisplayName("Sums by owner of values that are never zero reach as far as the owner with the fewest slots")
    void aSumByOwnerIsTheHullOverItsOwners() {
        RuleBuilder owned = RuleBuilder.named("owned");
        Expression a = owned.role("a", List.of(1, 4)).secret("amount", 0, 9);
        Expression positive = a.plus(owned.constant(3)).sumByOwner();
        Expression negative = owned.constant(-3).minus(a).sumByOwner();
        Rule built = owned.outputEach("p", positive)
                .outputEach("n", negative.plus(owned.constant(100)))
                .build();
        assertEquals("[3, 48]", built.nodes().get(positive.node()).interval().toString());
        assertEquals("[-48, -3]", built.nodes().get(negative.node()).interval().toString());
    }

    @Test
    void boundsOfInputsHoldZeroAndStayBelow64Bits() {
        BigInteger large = BigInteger.ONE.shiftLeft(64);
        assertBounds(BigInteger.ONE, BigInteger.TEN, "1 to 10");
        assertBounds(BigInteger.valueOf(-3), BigInteger.valueOf(-1), "-3 to -1");
        assertBounds(BigInteger.ZERO, BigInteger.ZERO, "0 to 0");
        assertBounds(BigInteger.ZERO, large, "zero inside");
        assertBounds(large.negate(), BigInteger.ZERO, "zero inside");
        RuleBuilder widest = RuleBuilder.named("widest");
        BigInteger most = large.subtract(BigInteger.ONE);
        Expression field = widest.role("slot", 1).secret("amount", most.negate(), most);
        Rule built = widest.output("flag", field.lessThan(widest.constant(0)).sumOverSlots())
                .build();
        assertEquals(65, built.roles().get(0).fields().get(0).bits());
    }

    private static void assertBounds(BigInteger minimum, BigInteger maximum, String part) {
        RuleBuilder builder = RuleBuilder.named("bounds");
        Expression field = builder.role("slot", 1).secret("amount", minimum, maximum);
        builder.output("flag", field.lessThan(builder.constant(0)).sumOverSlots());
        assertRefused(
                assertThrows(RuleException.class, builder::build), RuleException.Reason.MALFORMED, "slot.amount", part);
    }

    @Test
    void aMaskIsLongOfTheSameSlotAndReadOnce() {
        assertRefused(maskRefusal(47, (value, mask) -> value), RuleException.Reason.MASK, "any 48 bits");
        assertRefused(
                maskRefusal(64, (value, mask) -> value.plus(mask.times(0))),
                RuleException.Reason.MASK,
                "read elsewhere");
        assertRefused(
                maskRefusal(48, (value, mask) -> mask.lessThan(value)), RuleException.Reason.MASK, "read elsewhere");
        RuleBuilder other = RuleBuilder.named("mask");
        RoleBuilder slot = other.role("slot", 2);
        other.outputEachToOwner("result", slot.secret("score", 8), slot.secret("mask", 0, 1L << 50));
        assertRefused(
                assertThrows(RuleException.class, other::build),
                RuleException.Reason.MASK,
                "from 0 to 1125899906842624");
        RuleBuilder total = RuleBuilder.named("mask");
        RoleBuilder one = total.role("slot", 2);
        total.outputEachToOwner(
                "result", one.secret("score", 8), one.secret("mask", 64).sumOverSlots());
        assertRefused(
                assertThrows(RuleException.class, total::build),
                RuleException.Reason.MASK,
                "a secret input of the same slot");
    }

    private static RuleException maskRefusal(int maskBits, BinaryOperator<Expression> published) {
        RuleBuilder builder = RuleBuilder.named("mask");
        RoleBuilder slot = builder.role("slot", 2);
        Expression score = slot.secret("score", 8);
        Expression mask = slot.secret("mask", maskBits);
        builder.outputEachToOwner("result", published.apply(score, mask), mask);
        return assertThrows(RuleException.class, builder::build);
    }

    @Test
    void outputsSayWhetherTheyAreOneValueOrOneEach() {
        assertRefused(refusal(amount), RuleException.Reason.OUTPUT_NOT_PUBLISHABLE, "outputEach");
        RuleBuilder other = RuleBuilder.named("scalar");
        other.outputEach("sum", other.role("slot", 2).secret("amount", 8).sumOverSlots());
        assertRefused(
                assertThrows(RuleException.class, other::build),
                RuleException.Reason.OUTPUT_NOT_PUBLISHABLE,
                "is a scalar");
    }

    @Test
    void outputsFitTheFirstEightWords() {
        RuleBuilder wide = RuleBuilder.named("wide");
        Expression each = wide.role("slot", 8).secret("amount", 64);
        // 127 bits each: one word holds one, nine values need nine
        wide.outputEach("square", each.times(wide.constant(BigInteger.ONE.shiftLeft(63))));
        wide.output("sum", each.sumOverSlots().times(wide.constant(BigInteger.ONE.shiftLeft(63))));
        assertRefused(
                assertThrows(RuleException.class, wide::build),
                RuleException.Reason.OUTPUT_BITS,
                "9 words",
                "at most 8");
    }

    @Test
    void limbsHaveFourToEightBitsAndSomethingToShow() {
        for (int bits : new int[] {1, 3, 9}) {
            RuleBuilder builder = RuleBuilder.named("limbs");
            builder.output("sum", builder.role("slot", 2).secret("amount", 8).sumOverSlots())
                    .rangesByLimbs(bits);
            assertRefused(
                    assertThrows(RuleException.class, builder::build),
                    RuleException.Reason.LIMB_BITS,
                    "limbs of " + bits + " bits");
        }
        RuleBuilder narrow = RuleBuilder.named("narrow");
        narrow.output("sum", narrow.role("slot", 2).secret("amount", 2).sumOverSlots())
                .rangesByLimbs(4);
        assertRefused(
                assertThrows(RuleException.class, narrow::build), RuleException.Reason.LIMB_BITS, "above two bits");
    }

    @Test
    void anExpressionOfAnotherRuleIsRefused() {
        Expression foreign = RuleBuilder.named("other").constant(1);
        assertThrows(IllegalArgumentException.class, () -> amount.plus(foreign));
    }
}
