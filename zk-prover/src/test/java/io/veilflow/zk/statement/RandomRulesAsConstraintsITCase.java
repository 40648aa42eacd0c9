package io.veilflow.zk.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.nativelib.CircuitSummary;
import io.veilflow.nativelib.NativeProver;
import io.veilflow.zk.field.ScalarField;
import io.veilflow.zk.rule.ClearReading;
import io.veilflow.zk.rule.RandomRule;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.job.EligibilityRule;
import io.veilflow.zk.rule.job.ExposureStatisticsRule;
import io.veilflow.zk.rule.job.MarketHealthRule;
import io.veilflow.zk.rule.job.MedianAndTopRule;
import io.veilflow.zk.rule.job.SettlementRule;
import io.veilflow.zk.rule.job.VoteRule;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Random rules over all nodes, by bits and by limbs, and the rules that ship: circuits that say what the clear reading says. */
class RandomRulesAsConstraintsITCase {
    private static final int RULES = 60;
    private static final double ROWS_OFF = 0.03;
    private static final BigInteger CONTEXT = BigInteger.valueOf(815);

    private static List<Rule> shipped() {
        return List.of(
                MarketHealthRule.of(2, 3).rule(),
                MarketHealthRule.of(3, 40).rule(),
                MarketHealthRule.of(1, 2, 4).rule(),
                ExposureStatisticsRule.of(List.of(2, 1, 3), 32).rule(),
                MedianAndTopRule.of(4, 16, 2).rule(),
                MedianAndTopRule.of(24, 32, 0).rule(),
                VoteRule.of(5).rule(),
                SettlementRule.of(4).rule(),
                EligibilityRule.of(3).rule());
    }

    private static ClearReading reading(Rule rule, Random random) {
        return rule.evaluate(RandomRule.inputs(rule, random));
    }

    private static List<BigInteger> witness(ClearReading reading) {
        List<BigInteger> wires = new ArrayList<>(List.of(CONTEXT));
        wires.addAll(reading.rule().publicWords().pack(reading.publicValues()));
        reading.circuitInputs().forEach(wire -> wires.add(wire.mod(ScalarField.MODULUS)));
        return wires;
    }

    private static boolean[] satisfied(Rule rule, List<List<BigInteger>> witnesses) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        witnesses.forEach(witness -> bytes.writeBytes(ScalarField.encode(witness)));
        return NativeProver.satisfied(rule.canonicalBytes(), bytes.toByteArray());
    }

    @Test
    void wiresAndRowsAreWhatTheRuleSays() {
        List<Rule> rules = new ArrayList<>(shipped());
        for (long seed = 0; seed < RULES; seed++) {
            rules.add(RandomRule.of(seed));
        }
        for (Rule rule : rules) {
            CircuitSummary circuit = NativeProver.compile(rule.canonicalBytes());
            CircuitLayout.of(rule).requireSame(rule, circuit);
            assertEquals(CircuitLayout.of(rule).inputWires(), circuit.inputWires(), rule.toString());
            assertEquals(rule.cost().commitments(), circuit.commitments(), rule.toString());
            // the compiler cuts long sums in two, and a factor that is always zero makes no row
            assertEquals(rule.cost().rows(), circuit.constraints(), ROWS_OFF * circuit.constraints(), rule.toString());
        }
    }

    @Test
    @DisplayName("E1: the clear reading of a random rule satisfies its circuit, and no other value of any wire does")
    void theClearReadingIsAcceptedAndEveryOtherValueOfAWireRefused() {
        for (long seed = 100; seed < 100 + RULES; seed++) {
            Random random = new Random(seed);
            Rule rule = RandomRule.of(seed);
            ClearReading reading = reading(rule, random);
            List<BigInteger> right = witness(reading);
            List<List<BigInteger>> witnesses = new ArrayList<>(List.of(right));
            // the context is bound by the proof, not by a value that the circuit could check
            for (int wire = 1; wire < right.size(); wire += 1 + random.nextInt(right.size() < 400 ? 4 : 16)) {
                List<BigInteger> wrong = new ArrayList<>(right);
                wrong.set(wire, right.get(wire).xor(BigInteger.ONE));
                witnesses.add(wrong);
            }
            boolean[] answers = satisfied(rule, witnesses);
            assertTrue(answers[0], "seed " + seed + ": " + rule.describe());
            for (int k = 1; k < answers.length; k++) {
                assertFalse(answers[k], "seed " + seed + ", witness " + k + ": " + rule.describe());
            }
        }
    }

    @Test
    @DisplayName("E3: what a shipped rule publishes is proven: one unit more or less of any output is refused")
    void shippedRulesAcceptTheirResultAndNoOther() {
        for (Rule rule : shipped()) {
            for (long seed = 0; seed < 5; seed++) {
                ClearReading reading = reading(rule, new Random(seed));
                List<BigInteger> right = witness(reading);
                List<List<BigInteger>> witnesses = new ArrayList<>(List.of(right));
                rule.publicWords().parts().forEach(part -> {
                    BigInteger unit = BigInteger.ONE.shiftLeft(part.offset());
                    for (BigInteger step : List.of(unit, unit.negate())) {
                        List<BigInteger> wrong = new ArrayList<>(right);
                        int word = 1 + part.word();
                        wrong.set(word, right.get(word).add(step).mod(ScalarField.MODULUS));
                        witnesses.add(wrong);
                    }
                });
                boolean[] answers = satisfied(rule, witnesses);
                assertTrue(answers[0], rule + ", seed " + seed);
                for (int k = 1; k < answers.length; k++) {
                    assertFalse(answers[k], rule + ", seed " + seed + ", word change " + k);
                }
            }
        }
    }
}
