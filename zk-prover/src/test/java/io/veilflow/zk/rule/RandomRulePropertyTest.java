package io.veilflow.zk.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Laws of the clear reading on random rules over all nodes and random inputs, both ends of every bound among them. */
class RandomRulePropertyTest {
    private static final int RULES = 300;

    private static ClearReading reading(long seed, int round) {
        Rule rule = RandomRule.of(seed);
        return rule.evaluate(RandomRule.inputs(rule, new Random(seed * 31 + round)));
    }

    @Test
    @DisplayName("Every value of every node stays inside the interval that the rule was given when it was built")
    void valuesStayInsideTheirIntervals() {
        for (long seed = 0; seed < RULES; seed++) {
            for (int round = 0; round < 3; round++) {
                ClearReading reading = reading(seed, round);
                for (RuleNode node : reading.rule().nodes()) {
                    for (int copy = 0; copy < node.copies(); copy++) {
                        for (BigInteger value : reading.values(node.index(), copy)) {
                            assertTrue(
                                    node.interval().contains(value),
                                    "seed " + seed + ", round " + round + ", node n" + node.index());
                        }
                        assertEquals(
                                reading.rule().valuesOf(node),
                                reading.values(node.index(), copy).size());
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("E3: greatest is zero or holds, and does not hold at the next number, so the proof can show both")
    void greatestHoldsWhereItIsAndFailsAtTheNextNumber() {
        int found = 0;
        for (long seed = 0; seed < RULES; seed++) {
            ClearReading reading = reading(seed, 7);
            for (RuleNode node : reading.rule().nodes()) {
                if (node.operation() instanceof NodeOperation.Greatest greatest) {
                    found += checkGreatest(reading, greatest, "seed " + seed + ", node n" + node.index());
                }
            }
        }
        assertTrue(found > RULES / 4, "numbers that are neither zero nor the largest: " + found);
    }

    private static int checkGreatest(ClearReading reading, NodeOperation.Greatest greatest, String where) {
        NodeOperation.Candidate candidate = (NodeOperation.Candidate)
                reading.rule().nodes().get(greatest.candidate()).operation();
        BigInteger largest = Interval.ofBits(candidate.bits()).max();
        List<BigInteger> numbers = reading.values(greatest.candidate());
        int inside = 0;
        for (int value = 0; value < numbers.size(); value++) {
            BigInteger number = numbers.get(value);
            boolean here = reading.values(greatest.condition(), 0).get(value).signum() > 0;
            boolean next = reading.values(greatest.condition(), 1).get(value).signum() > 0;
            assertTrue(number.signum() == 0 || here, where);
            assertTrue(number.equals(largest) || !next, where);
            assertEquals(
                    number.add(BigInteger.ONE),
                    reading.values(greatest.candidate(), 1).get(value),
                    where);
            inside += number.signum() > 0 && !number.equals(largest) ? 1 : 0;
        }
        return inside;
    }

    @Test
    void rangesAddUpToWhatTheyShow() {
        for (long seed = 0; seed < RULES; seed++) {
            ClearReading reading = reading(seed, 11);
            RangePlan plan = reading.rule().ranges();
            assertEquals(plan.limbs(), reading.limbs().size());
            assertEquals(plan.bits(), reading.bits().size());
            BigInteger lookups = reading.counts().stream().reduce(BigInteger.ZERO, BigInteger::add);
            assertEquals(BigInteger.valueOf(plan.lookups()), lookups, "seed " + seed);
            int limbs = 0;
            int bits = 0;
            for (Range range : plan.ranges()) {
                List<BigInteger> pieces = range.byLimbs() ? reading.limbs() : reading.bits();
                assertEquals(range.byLimbs() ? limbs : bits, range.from(), "seed " + seed);
                BigInteger value = BigInteger.ZERO;
                for (int piece = range.pieces() - 1; piece >= 0; piece--) {
                    value = value.shiftLeft(range.byLimbs() ? plan.limbBits() : 1)
                            .add(pieces.get(range.from() + piece));
                }
                assertTrue(value.bitLength() <= range.width(), "seed " + seed);
                limbs += range.limbs();
                bits += range.bits();
            }
        }
    }

    @Test
    void bytesWordsAndDescriptionsHoldForEveryRule() {
        for (long seed = 0; seed < RULES; seed++) {
            ClearReading reading = reading(seed, 3);
            Rule rule = reading.rule();
            assertEquals(rule, Rule.decode(rule.canonicalBytes()), "seed " + seed);
            assertEquals(rule, RandomRule.of(seed), "seed " + seed);
            assertEquals(
                    reading.publicValues(),
                    rule.publicWords().unpack(rule.publicWords().pack(reading.publicValues())),
                    "seed " + seed);
            assertTrue(rule.describe().contains("n" + (rule.nodes().size() - 1) + " = "), "seed " + seed);
        }
    }

    @Test
    void everyNodeShapeAndOriginOccurs() {
        Set<Class<?>> operations = new HashSet<>();
        Set<Shape.Per> candidates = new HashSet<>();
        Set<Integer> limbBits = new HashSet<>();
        boolean masked = false;
        for (long seed = 0; seed < RULES; seed++) {
            Rule rule = RandomRule.of(seed);
            limbBits.add(rule.limbBits());
            masked |= rule.outputs().stream().anyMatch(output -> output.mask().isPresent());
            for (RuleNode node : rule.nodes()) {
                operations.add(node.operation().getClass());
                if (node.operation() instanceof NodeOperation.Candidate candidate) {
                    candidates.add(candidate.shape().per());
                }
            }
        }
        assertEquals(Set.of(NodeOperation.class.getPermittedSubclasses()), operations);
        assertEquals(Set.of(Shape.Per.values()), candidates);
        assertEquals(Set.of(0, 4, 5, 6, 7, 8), limbBits);
        assertTrue(masked);
    }
}
