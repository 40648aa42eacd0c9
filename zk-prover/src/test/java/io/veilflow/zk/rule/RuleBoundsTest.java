package io.veilflow.zk.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
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
    void anExpressionOfAnotherRuleIsRefused() {
        Expression foreign = RuleBuilder.named("other").constant(1);
        assertThrows(IllegalArgumentException.class, () -> amount.plus(foreign));
    }
}
