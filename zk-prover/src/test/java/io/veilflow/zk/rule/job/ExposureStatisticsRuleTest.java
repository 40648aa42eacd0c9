package io.veilflow.zk.rule.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.datasets.csv.EbaExposures;
import io.veilflow.zk.rule.ClearInputs;
import io.veilflow.zk.rule.ClearReading;
import io.veilflow.zk.rule.RuleException;
import io.veilflow.zk.rule.UsedSlots;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Against deviations from the mean and market shares in decimal fractions: another formula and another arithmetic. */
class ExposureStatisticsRuleTest {
    private static final MathContext DIGITS = new MathContext(80);

    private static List<BigInteger> statistics(List<List<BigInteger>> banks, BitSet used, int bits) {
        ExposureStatisticsRule rule =
                ExposureStatisticsRule.of(banks.stream().map(List::size).toList(), bits);
        List<BigInteger> book = banks.stream().flatMap(List::stream).toList();
        ClearReading reading =
                rule.rule().evaluate(new ClearInputs(book, List.of(), UsedSlots.of(rule.rule(), List.of(used))));
        return reading.outputs();
    }

    private static List<BigInteger> statistics(List<List<BigInteger>> banks, int bits) {
        BitSet used = new BitSet();
        used.set(0, banks.stream().mapToInt(List::size).sum());
        return statistics(banks, used, bits);
    }

    private static List<BigInteger> numbers(long... values) {
        return LongStream.of(values).mapToObj(BigInteger::valueOf).toList();
    }

    @Test
    void quotientsAreRoundedDown() {
        // 1, 2, 4: sum 7, average 2.33, variance 1.55, shares 3/7 and 4/7
        assertEquals(numbers(7, 2, 1, 5102), statistics(List.of(numbers(1, 2), numbers(4)), 8));
    }

    @Test
    void concentrationIsOverBanksAndReachesBothEnds() {
        assertEquals(numbers(40, 10, 0, 10_000), statistics(List.of(numbers(10, 10, 10, 10)), 8));
        assertEquals(
                numbers(40, 10, 0, 2_500), statistics(List.of(numbers(10), numbers(10), numbers(10), numbers(10)), 8));
    }

    @Test
    void withoutAnyExposureEverythingIsZero() {
        assertEquals(numbers(0, 0, 0, 0), statistics(List.of(numbers(0, 0), numbers(0)), 8));
        assertEquals(numbers(0, 0, 0, 0), statistics(List.of(numbers(5, 6), numbers(7)), new BitSet(), 8));
    }

    @Test
    void largestExposuresStayExact() {
        BigInteger most = BigInteger.ONE.shiftLeft(32).subtract(BigInteger.ONE);
        List<List<BigInteger>> banks = List.of(List.of(most, BigInteger.ZERO), List.of(most, BigInteger.ZERO));
        assertEquals(
                List.of(
                        most.shiftLeft(1),
                        most.shiftRight(1),
                        most.multiply(most).shiftRight(2),
                        BigInteger.valueOf(5000)),
                statistics(banks, 32));
    }

    @Test
    void amountsOfOtherWidthsAreRefused() {
        assertThrows(RuleException.class, () -> ExposureStatisticsRule.of(List.of(1), 33));
        assertThrows(RuleException.class, () -> ExposureStatisticsRule.of(List.of(1), 1));
    }

    @Test
    @DisplayName("E3: random exposures agree with decimal fractions: quotient and remainder are exact")
    void randomExposuresAgree() {
        long seed = 31337;
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            List<List<BigInteger>> banks = new ArrayList<>();
            BitSet used = new BitSet();
            int slots = 0;
            for (int bank = 0; bank < 1 + random.nextInt(4); bank++) {
                List<BigInteger> exposures = new ArrayList<>();
                for (int slot = 0; slot < 1 + random.nextInt(4); slot++) {
                    exposures.add(random.nextInt(4) == 0 ? BigInteger.ZERO : new BigInteger(20, random));
                    used.set(slots++, random.nextInt(4) > 0);
                }
                banks.add(exposures);
            }
            assertEquals(plain(banks, used), statistics(banks, used, 20), "seed " + seed + ", round " + round);
        }
    }

    @Test
    @DisplayName("E3: the published exposures of European banks in 2020, by country, in thousands of euro")
    void publishedExposuresAgree() {
        Path file = Path.of(
                System.getProperty("veilflow.datasets", "../../shared/datasets"),
                "eba-bank-exposures",
                "eba_exposures_2020.csv");
        Assumptions.assumeTrue(
                Files.isRegularFile(file),
                "skipped: no EBA data at " + file.toAbsolutePath().normalize());
        List<List<BigInteger>> banks = EbaExposures.read(file).stream()
                .map(bank -> List.copyOf(bank.byCountry().values()))
                .filter(exposures -> !exposures.isEmpty())
                .toList();
        BitSet used = new BitSet();
        used.set(0, banks.stream().mapToInt(List::size).sum());
        List<BigInteger> statistics = statistics(banks, 32);
        assertEquals(plain(banks, used), statistics);
        assertTrue(used.cardinality() > 500, "bank and country pairs: " + used.cardinality());
        int hhi = statistics.get(3).intValueExact();
        assertTrue(hhi > 100 && hhi < 1000, "no bank dominates: " + hhi);
    }

    private static List<BigInteger> plain(List<List<BigInteger>> banks, BitSet used) {
        List<BigDecimal> exposures = new ArrayList<>();
        List<BigDecimal> totals = new ArrayList<>();
        int slot = 0;
        for (List<BigInteger> bank : banks) {
            BigDecimal total = BigDecimal.ZERO;
            for (BigInteger exposure : bank) {
                if (used.get(slot++)) {
                    exposures.add(new BigDecimal(exposure));
                    total = total.add(new BigDecimal(exposure));
                }
            }
            totals.add(total);
        }
        BigDecimal sum = exposures.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        if (exposures.isEmpty()) {
            return numbers(0, 0, 0, 0);
        }
        BigDecimal count = BigDecimal.valueOf(exposures.size());
        BigDecimal mean = sum.divide(count, DIGITS);
        BigDecimal variance = exposures.stream()
                .map(exposure -> exposure.subtract(mean).pow(2))
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .divide(count, DIGITS);
        BigDecimal concentration = BigDecimal.ZERO;
        for (BigDecimal total : totals) {
            if (sum.signum() > 0) {
                BigDecimal percent = total.movePointRight(2).divide(sum, DIGITS);
                concentration = concentration.add(percent.pow(2));
            }
        }
        return List.of(sum.toBigIntegerExact(), down(mean), down(variance), down(concentration));
    }

    /** What lies within 10^-40 of an integer is that integer: the fractions above have 80 digits, not all. */
    private static BigInteger down(BigDecimal value) {
        BigDecimal nearest = value.setScale(0, RoundingMode.HALF_EVEN);
        boolean exact = value.subtract(nearest).abs().compareTo(BigDecimal.ONE.movePointLeft(40)) < 0;
        return (exact ? nearest : value.setScale(0, RoundingMode.FLOOR)).toBigIntegerExact();
    }
}
