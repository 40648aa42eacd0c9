package io.veilflow.zk.rule.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.zk.rule.ClearInputs;
import io.veilflow.zk.rule.ClearReading;
import io.veilflow.zk.rule.Interval;
import io.veilflow.zk.rule.NodeKind;
import io.veilflow.zk.rule.NodeOperation;
import io.veilflow.zk.rule.Output;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.RuleException;
import io.veilflow.zk.rule.RuleNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The reading in the clear at its edges, and the bounds of PROTOCOLS section 14. */
class MarketHealthRuleTest {
    private static final BigInteger MAX_AMOUNT = Interval.ofBits(64).max();

    private static List<BigInteger> numbers(long... values) {
        List<BigInteger> numbers = new ArrayList<>();
        for (long value : values) {
            numbers.add(BigInteger.valueOf(value));
        }
        return numbers;
    }

    /** One asset, price 1, threshold 80 %, limits 10 %, 25 % and 50 %; book: collateral, debt, collateral, debt, ... */
    private static ClearReading oneAsset(long... book) {
        MarketHealthRule rule = MarketHealthRule.of(1, book.length / 2);
        return rule.rule()
                .evaluate(ClearInputs.allUsed(
                        rule.rule(),
                        numbers(book),
                        rule.publicInputs(numbers(1), numbers(8000), numbers(1000, 2500, 5000))));
    }

    private static int level(ClearReading reading) {
        return MarketHealthRule.of(1, reading.rule().roles().get(0).slots()).level(reading);
    }

    @Test
    @DisplayName("E3: a position exactly at its limit is not at risk, one unit beyond it is")
    void aPositionExactlyAtItsLimitIsNotAtRisk() {
        assertEquals(0, level(oneAsset(10_000, 8_000)));
        assertEquals(3, level(oneAsset(10_000, 8_001)));
        assertEquals(3, level(oneAsset(9_999, 8_000)));
        assertEquals(0, level(oneAsset(10_001, 8_000)));
    }

    @Test
    void aShareExactlyAtALimitDoesNotRaiseTheLevel() {
        // position 0 is at risk with its debt, position 1 is safe
        assertEquals(0, level(oneAsset(0, 10, 1000, 90)));
        assertEquals(1, level(oneAsset(0, 11, 1000, 89)));
        assertEquals(1, level(oneAsset(0, 25, 1000, 75)));
        assertEquals(2, level(oneAsset(0, 26, 1000, 74)));
        assertEquals(2, level(oneAsset(0, 50, 1000, 50)));
        assertEquals(3, level(oneAsset(0, 51, 1000, 49)));
    }

    @Test
    void aMarketWithoutDebtHasLevelZero() {
        assertEquals(0, level(oneAsset(0, 0, 0, 0)));
        assertEquals(0, level(oneAsset(5, 0, 0, 0)));
    }

    @Test
    void largestAmountsAndPricesStayExact() {
        for (int assets : new int[] {1, 3, 16}) {
            MarketHealthRule rule = MarketHealthRule.of(assets, 2);
            List<BigInteger> prices = Collections.nCopies(assets, MAX_AMOUNT);
            List<BigInteger> thresholds = Collections.nCopies(assets, BigInteger.valueOf(10_000));
            List<BigInteger> publics = rule.publicInputs(prices, thresholds, numbers(0, 9_999, 10_000));
            List<BigInteger> book = new ArrayList<>(Collections.nCopies(4 * assets, MAX_AMOUNT));
            ClearReading equal = rule.rule().evaluate(ClearInputs.allUsed(rule.rule(), book, publics));
            assertEquals(0, rule.level(equal), assets + " assets");

            book.set(0, MAX_AMOUNT.subtract(BigInteger.ONE));
            ClearReading oneUnitLess = rule.rule().evaluate(ClearInputs.allUsed(rule.rule(), book, publics));
            assertTrue(rule.atRisk(oneUnitLess, 0), assets + " assets");
            assertFalse(rule.atRisk(oneUnitLess, 1), assets + " assets");
            assertEquals(1, rule.level(oneUnitLess), assets + " assets: half of the debt, limits 0, 99.99 and 100 %");
        }
    }

    @Test
    void shocksRaiseTheLevelStepByStepAndTheFirstAtTheStopLevelIsNamed() {
        // debts 80 each on collateral 100, 110, 130 and 200 at a threshold of 80 %: at risk below 100, 90.9, 76.9 and
        // 50 % of the price
        MarketHealthRule market = MarketHealthRule.of(1, 4, 5);
        List<BigInteger> book = numbers(100, 80, 110, 80, 130, 80, 200, 80);
        for (int stopLevel = 1; stopLevel <= 3; stopLevel++) {
            List<BigInteger> publics = market.publicInputs(
                    numbers(7),
                    numbers(8000),
                    numbers(1000, 2500, 5000),
                    numbers(10_000, 9_999, 9_090, 7_000, 4_999, stopLevel));
            ClearReading reading = market.rule().evaluate(ClearInputs.allUsed(market.rule(), book, publics));
            List<BigInteger> levels = reading.outputs().subList(0, 5);
            assertEquals(numbers(0, 1, 2, 3, 3), levels);
            assertEquals(numbers(stopLevel), reading.output("stop-at"), "stop at level " + stopLevel);
        }
    }

    @Test
    void aMarketThatStandsEveryShockStopsAtNone() {
        MarketHealthRule market = MarketHealthRule.of(1, 1, 3);
        List<BigInteger> publics =
                market.publicInputs(numbers(1), numbers(8000), numbers(1000, 2500, 5000), numbers(10_000, 5_000, 0, 1));
        ClearReading reading = market.rule().evaluate(ClearInputs.allUsed(market.rule(), numbers(5, 0), publics));
        assertEquals(numbers(0, 0, 0, 3), reading.outputs());
    }

    @Test
    void oneShockIsTheRuleAsPricesAre() {
        MarketHealthRule market = MarketHealthRule.of(2, 3);
        assertEquals(market.rule(), MarketHealthRule.of(2, 3, 1).rule());
        assertEquals(
                List.of("level"),
                market.rule().outputs().stream().map(Output::name).toList());
        assertEquals(7, market.rule().publicInputs().size());
        assertThrows(RuleException.class, () -> MarketHealthRule.of(2, 3, 17));
        assertThrows(RuleException.class, () -> MarketHealthRule.of(2, 3, 0));
    }

    /** Values as decimal fractions of the whole, position by position. */
    @Test
    void randomMarketsUnderRandomShocksAgree() {
        long seed = 77;
        Random random = new Random(seed);
        int[] levels = new int[4];
        for (int round = 0; round < 150; round++) {
            int shocks = 2 + random.nextInt(3);
            MarketHealthRule market = MarketHealthRule.of(1, 3, shocks);
            long[] book = random.longs(6, 0, 40).toArray();
            long threshold = 5_000 + random.nextInt(5_001);
            long[] limits = random.longs(3, 0, 10_001).sorted().toArray();
            long[] grid = random.longs(shocks, 0, 10_001).toArray();
            int stop = 1 + random.nextInt(3);
            List<BigInteger> shocksAndStop = new ArrayList<>(numbers(grid));
            shocksAndStop.add(BigInteger.valueOf(stop));
            ClearReading reading = market.rule()
                    .evaluate(ClearInputs.allUsed(
                            market.rule(),
                            numbers(book),
                            market.publicInputs(numbers(3), numbers(threshold), numbers(limits), shocksAndStop)));
            List<BigInteger> expected = new ArrayList<>();
            for (long shock : grid) {
                int level = plainLevel(book, threshold, limits, shock);
                levels[level]++;
                expected.add(BigInteger.valueOf(level));
            }
            long calm = expected.stream()
                    .takeWhile(level -> level.intValue() < stop)
                    .count();
            expected.add(BigInteger.valueOf(calm));
            assertEquals(expected, reading.outputs(), "seed " + seed + ", round " + round);
        }
        assertTrue(Arrays.stream(levels).allMatch(count -> count > 0), Arrays.toString(levels));
    }

    private static int plainLevel(long[] book, long threshold, long[] limits, long shock) {
        BigDecimal owed = BigDecimal.ZERO;
        BigDecimal risky = BigDecimal.ZERO;
        BigDecimal carries = BigDecimal.valueOf(threshold, 4).multiply(BigDecimal.valueOf(shock, 4));
        for (int slot = 0; slot < book.length; slot += 2) {
            BigDecimal debt = BigDecimal.valueOf(book[slot + 1]);
            owed = owed.add(debt);
            if (BigDecimal.valueOf(book[slot]).multiply(carries).compareTo(debt) < 0) {
                risky = risky.add(debt);
            }
        }
        int level = 0;
        for (long limit : limits) {
            level += owed.multiply(BigDecimal.valueOf(limit, 4)).compareTo(risky) < 0 ? 1 : 0;
        }
        return level;
    }

    @Test
    void widthsFollowFromSection14() {
        Rule oneAsset = MarketHealthRule.of(1, 1).rule();
        Rule sixteen = MarketHealthRule.of(16, 1 << 15).rule();
        assertEquals(142, firstComparison(oneAsset).comparisonWidth());
        assertEquals(146, firstComparison(sixteen).comparisonWidth());
        int widest = sixteen.nodes().stream()
                .mapToInt(RuleNode::comparisonWidth)
                .max()
                .orElseThrow();
        // 128 bits a debt value, 16 assets, 2^15 slots, basis points: at 2^20 slots these are the 162 and 4 more
        assertEquals(161, widest);
        assertEquals(
                161,
                sixteen.nodes().stream()
                        .mapToInt(node -> node.interval().magnitudeBits())
                        .max()
                        .orElseThrow());
    }

    @Test
    void thePositionSideIsLinearAndOnlyTheDebtAtRiskIsAProduct() {
        Rule rule = MarketHealthRule.of(3, 16).rule();
        NodeOperation.LessThan atRisk =
                (NodeOperation.LessThan) firstComparison(rule).operation();
        assertEquals(NodeKind.LINEAR, rule.nodes().get(atRisk.left()).kind());
        assertEquals(NodeKind.LINEAR, rule.nodes().get(atRisk.right()).kind());
        long secretProducts = rule.nodes().stream()
                .filter(node -> node.operation() instanceof NodeOperation.Multiply product
                        && rule.nodes().get(product.left()).kind() != NodeKind.PUBLIC
                        && rule.nodes().get(product.right()).kind() != NodeKind.PUBLIC)
                .count();
        assertEquals(1, secretProducts);
    }

    @Test
    void adviceIsTheFlagAndTheBitsOfTheDifferenceOrItsComplement() {
        ClearReading safe = oneAsset(1, 0);
        int width = firstComparison(safe.rule()).comparisonWidth();
        assertEquals(BigInteger.ZERO, safe.advice().get(0));
        assertEquals(8_000, number(firstSlack(safe, width)));
        ClearReading risky = oneAsset(0, 1);
        assertEquals(BigInteger.ONE, risky.advice().get(0));
        assertEquals(10_000 - 1, number(firstSlack(risky, width)));
        int expected = safe.rule().nodes().stream()
                .filter(RuleNode::isComparison)
                .mapToInt(node -> safe.rule().valuesOf(node))
                .sum();
        assertEquals(expected, safe.advice().size());
    }

    @Test
    void inputsOutOfRangeAreRefusedByNameAndWithoutTheirValue() {
        MarketHealthRule rule = MarketHealthRule.of(1, 2);
        List<BigInteger> publics = rule.publicInputs(numbers(1), numbers(1), numbers(1, 2, 3));
        RuleException tooLarge = assertThrows(RuleException.class, () -> rule.rule()
                .evaluate(ClearInputs.allUsed(
                        rule.rule(),
                        List.of(BigInteger.ONE, BigInteger.ONE, BigInteger.ONE, BigInteger.ONE.shiftLeft(64)),
                        publics)));
        assertTrue(tooLarge.getMessage().contains("position[1].debt-0"), tooLarge.getMessage());
        assertFalse(tooLarge.getMessage().contains("18446744073709551616"), tooLarge.getMessage());
        RuleException negative = assertThrows(RuleException.class, () -> rule.rule()
                .evaluate(ClearInputs.allUsed(rule.rule(), numbers(-1, 0, 0, 0), publics)));
        assertTrue(negative.getMessage().contains("position[0].collateral-0"), negative.getMessage());
        RuleException price = assertThrows(RuleException.class, () -> rule.rule()
                .evaluate(ClearInputs.allUsed(
                        rule.rule(),
                        numbers(0, 0, 0, 0),
                        rule.publicInputs(List.of(BigInteger.ONE.shiftLeft(64)), numbers(1), numbers(1, 2, 3)))));
        assertTrue(price.getMessage().contains("price-0"), price.getMessage());
        assertThrows(RuleException.class, () -> rule.rule()
                .evaluate(ClearInputs.allUsed(rule.rule(), numbers(0, 0, 0), publics)));
    }

    @Test
    void upToSixteenAssets() {
        assertEquals(32, MarketHealthRule.of(16, 1).rule().bookSize());
        assertThrows(RuleException.class, () -> MarketHealthRule.of(17, 1));
        assertThrows(RuleException.class, () -> MarketHealthRule.of(0, 1));
    }

    @Test
    void theBookGoesSlotBySlotFieldByField() {
        Rule rule = MarketHealthRule.of(2, 3).rule();
        assertEquals(0, rule.bookIndex(0, 0, 0));
        assertEquals(4, rule.bookIndex(0, 1, 0));
        assertEquals(11, rule.bookIndex(0, 2, 3));
        assertThrows(IndexOutOfBoundsException.class, () -> rule.bookIndex(0, 3, 0));
    }

    @Test
    void circuitInputsAreBookPublicsTheirBitsAndAdvice() {
        ClearReading reading = oneAsset(10_000, 8_001);
        int comparisons = reading.rule().nodes().stream()
                .filter(RuleNode::isComparison)
                .mapToInt(RuleNode::comparisonWidth)
                .sum();
        assertEquals(
                2 + 5 + (64 + 4 * 14) + 2 * 64 + comparisons + 4,
                reading.circuitInputs().size());
        assertEquals(numbers(10_000, 8_001, 1, 8000), reading.circuitInputs().subList(0, 4));
        assertFalse(reading.toString().contains("10000"), "no value is printed");
        assertFalse(reading.inputs().toString().contains("10000"), "no value is printed");
    }

    private static RuleNode firstComparison(Rule rule) {
        return rule.nodes().stream().filter(RuleNode::isComparison).findFirst().orElseThrow();
    }

    /** The first comparison's slack: behind the bits of the public inputs and of two book wires. */
    private static List<BigInteger> firstSlack(ClearReading reading, int width) {
        int from = reading.rule().ranges().publicBits() + 2 * 64;
        return reading.bits().subList(from, from + width);
    }

    private static long number(List<BigInteger> bits) {
        long number = 0;
        for (int bit = 0; bit < bits.size(); bit++) {
            number |= bits.get(bit).longValue() << bit;
        }
        return number;
    }
}
