package io.veilflow.zk.statement;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.nativelib.CircuitSummary;
import io.veilflow.nativelib.NativeException;
import io.veilflow.nativelib.NativeProver;
import io.veilflow.zk.field.ScalarField;
import io.veilflow.zk.rule.ClearInputs;
import io.veilflow.zk.rule.ClearReading;
import io.veilflow.zk.rule.Expression;
import io.veilflow.zk.rule.Interval;
import io.veilflow.zk.rule.PublicValues;
import io.veilflow.zk.rule.RoleBuilder;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.RuleBuilder;
import io.veilflow.zk.rule.job.MarketHealthRule;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The circuit accepts the clear reading's result with its advice, and no other result and no other advice. */
class RuleAsConstraintsITCase {
    private static final BigInteger MAX = Interval.ofBits(64).max();
    private static final BigInteger CONTEXT = BigInteger.valueOf(4711);
    private static final int SLOTS = 3;
    private static final MarketHealthRule MARKET = MarketHealthRule.of(2, SLOTS);

    private static boolean[] satisfied(Rule rule, List<List<BigInteger>> witnesses) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        witnesses.forEach(witness -> bytes.writeBytes(ScalarField.encode(witness)));
        return NativeProver.satisfied(rule.canonicalBytes(), bytes.toByteArray());
    }

    /** All input wires with the given outputs in the words. */
    private static List<BigInteger> witness(ClearReading reading, List<BigInteger> outputs) {
        List<BigInteger> wires = new ArrayList<>(List.of(CONTEXT));
        PublicValues values = new PublicValues(
                outputs, reading.inputs().publicInputs(), reading.inputs().used());
        wires.addAll(reading.rule().publicWords().pack(values));
        wires.addAll(reading.circuitInputs());
        return wires;
    }

    /** Amounts of 0, 1, the maximum, and positions exactly at their limit and one unit each side. */
    private static ClearInputs inputs(Random random) {
        BigInteger price = edge(random);
        List<BigInteger> thresholds = List.of(BigInteger.valueOf(8_000), new BigInteger(13, random));
        List<BigInteger> limits =
                List.of(new BigInteger(9, random), new BigInteger(13, random), BigInteger.valueOf(9_000));
        List<BigInteger> book = new ArrayList<>();
        for (int slot = 0; slot < SLOTS; slot++) {
            if (random.nextInt(3) == 0) {
                BigInteger unit = new BigInteger(40, random).add(BigInteger.ONE);
                BigInteger step = BigInteger.valueOf(random.nextInt(3) - 1);
                book.addAll(List.of(unit.multiply(BigInteger.valueOf(10_000)), BigInteger.ZERO));
                book.addAll(List.of(unit.multiply(BigInteger.valueOf(8_000)).add(step), BigInteger.ZERO));
            } else {
                book.addAll(List.of(edge(random), edge(random), edge(random), edge(random)));
            }
        }
        return ClearInputs.allUsed(
                MARKET.rule(),
                book,
                MARKET.publicInputs(List.of(price, new BigInteger(20, random)), thresholds, limits));
    }

    private static BigInteger edge(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> BigInteger.ZERO;
            case 1 -> BigInteger.ONE;
            case 2 -> MAX;
            default -> new BigInteger(64, random);
        };
    }

    @Test
    void twoHundredBooksAreAcceptedWithTheirLevelAndNoOther() {
        long seed = 90125;
        Random random = new Random(seed);
        List<List<BigInteger>> witnesses = new ArrayList<>();
        List<Boolean> expected = new ArrayList<>();
        int[] levels = new int[4];
        for (int book = 0; book < 200; book++) {
            ClearReading reading = MARKET.rule().evaluate(inputs(random));
            levels[MARKET.level(reading)]++;
            for (int level = 0; level < 4; level++) {
                witnesses.add(witness(reading, List.of(BigInteger.valueOf(level))));
                expected.add(level == MARKET.level(reading));
            }
        }
        assertTrue(
                Arrays.stream(levels).allMatch(count -> count > 0), "every level occurs: " + Arrays.toString(levels));
        assertAnswers(expected, satisfied(MARKET.rule(), witnesses), "seed " + seed);
    }

    private static void assertAnswers(List<Boolean> expected, boolean[] answers, String seed) {
        boolean[] wanted = new boolean[expected.size()];
        for (int k = 0; k < wanted.length; k++) {
            wanted[k] = expected.get(k);
        }
        assertArrayEquals(wanted, answers, seed + ": four levels a book");
    }

    /** THREATS E1. */
    @Test
    void everyWrongInputWireIsRefused() {
        long seed = 5150;
        Random random = new Random(seed);
        ClearReading reading = MARKET.rule().evaluate(inputs(random));
        List<BigInteger> right = witness(reading, reading.outputs());
        List<List<BigInteger>> wrong = new ArrayList<>();
        // the context is bound by the proof, not by a value that the circuit could check
        for (int wire = 1; wire < right.size(); wire++) {
            List<BigInteger> changed = new ArrayList<>(right);
            boolean bit = right.get(wire).bitLength() <= 1;
            changed.set(
                    wire,
                    bit
                            ? BigInteger.ONE.subtract(right.get(wire))
                            : right.get(wire).add(BigInteger.ONE));
            wrong.add(changed);
        }
        assertTrue(satisfied(MARKET.rule(), List.of(right))[0], "seed " + seed);
        boolean[] answers = satisfied(MARKET.rule(), wrong);
        for (int k = 0; k < answers.length; k++) {
            assertFalse(answers[k], "seed " + seed + ", wire " + (k + 1) + " of " + right.size());
        }
    }

    /** THREATS E2. */
    @Test
    void aBitThatIsNoBitIsRefusedEvenWhereTheSumIsRight() {
        MarketHealthRule one = MarketHealthRule.of(1, 1);
        List<BigInteger> ones = List.of(BigInteger.ONE);
        ClearReading reading = one.rule()
                .evaluate(ClearInputs.allUsed(
                        one.rule(),
                        List.of(BigInteger.TWO, BigInteger.ZERO),
                        one.publicInputs(ones, ones, List.of(BigInteger.ONE, BigInteger.ONE, BigInteger.ONE))));
        CircuitLayout layout = CircuitLayout.of(one.rule());
        List<BigInteger> changed = new ArrayList<>(witness(reading, reading.outputs()));
        // the collateral 2 as 2 * bit0 + 0 * bit1
        int collateral = layout.bitsFrom() + one.rule().ranges().publicBits();
        changed.set(collateral, BigInteger.TWO);
        changed.set(collateral + 1, BigInteger.ZERO);
        assertFalse(satisfied(one.rule(), List.of(changed))[0]);
    }

    @Test
    void theNativeSideCountsTheSameWires() {
        for (int assets : new int[] {1, 3, 16}) {
            Rule rule = MarketHealthRule.of(assets, 2).rule();
            CircuitSummary circuit = NativeProver.compile(rule.canonicalBytes());
            CircuitLayout.of(rule).requireSame(rule, circuit);
            assertEquals(CircuitLayout.of(rule).inputWires(), circuit.inputWires());
        }
        Rule other = MarketHealthRule.of(1, 2).rule();
        CircuitSummary circuit = NativeProver.compile(MARKET.rule().canonicalBytes());
        assertThrows(IllegalStateException.class, () -> CircuitLayout.of(other).requireSame(other, circuit));
    }

    @Test
    void otherRulesThanMarketHealthAgreeToo() {
        long seed = 31;
        Random random = new Random(seed);
        Rule rule = twoRoles();
        List<List<BigInteger>> witnesses = new ArrayList<>();
        List<Boolean> expected = new ArrayList<>();
        for (int round = 0; round < 50; round++) {
            List<BigInteger> book = new ArrayList<>();
            for (int loan = 0; loan < 3; loan++) {
                book.add(new BigInteger(12, random));
                book.add(new BigInteger(12, random));
            }
            book.add(new BigInteger(5, random));
            book.add(new BigInteger(5, random));
            ClearReading reading = rule.evaluate(ClearInputs.allUsed(rule, book, List.of(new BigInteger(6, random))));
            witnesses.add(witness(reading, reading.outputs()));
            expected.add(true);
            List<BigInteger> wrong = new ArrayList<>(reading.outputs());
            wrong.set(0, wrong.get(0).xor(BigInteger.ONE));
            witnesses.add(witness(reading, wrong));
            expected.add(false);
        }
        assertAnswers(expected, satisfied(rule, witnesses), "seed " + seed);
    }

    /** Two roles, negative numbers, constants on both sides, a comparison of two bits, two outputs. */
    private static Rule twoRoles() {
        RuleBuilder rule = RuleBuilder.named("two-roles");
        RoleBuilder loan = rule.role("loan", 3);
        Expression value = loan.secret("value", 12);
        Expression debt = loan.secret("debt", 12);
        Expression weight = rule.role("voter", 2).secret("weight", 5);
        Expression price = rule.feed("price", 6);
        Expression gap = value.times(price).minus(debt.times(7)).plus(rule.constant(-3));
        Expression negative = gap.lessThan(rule.constant(0));
        Expression small = debt.lessThan(value);
        Expression ordered = negative.lessThan(small);
        Expression votes = weight.times(weight).sumOverSlots();
        Expression passed = rule.constant(500).lessThan(votes);
        return rule.output("ordered", rule.add(ordered.sumOverSlots(), negative.sumOverSlots(), passed))
                .output("votes", votes)
                .build();
    }

    @Test
    void witnessesOfAnotherLengthAreRefused() {
        assertThrows(
                NativeException.class,
                () -> NativeProver.satisfied(MARKET.rule().canonicalBytes(), new byte[32 * 7]));
    }
}
