package io.veilflow.zk.statement;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.veilflow.zk.field.ScalarField;
import io.veilflow.zk.rule.ClearInputs;
import io.veilflow.zk.rule.ClearReading;
import io.veilflow.zk.rule.job.MarketHealthRule;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementTest {
    private static final ContextHash CONTEXT = new ContextHash(BigInteger.valueOf(99));

    private static ClearReading reading(MarketHealthRule rule, int assets) {
        List<BigInteger> bookOfOnes = Collections.nCopies(rule.rule().bookSize(), BigInteger.ONE);
        List<BigInteger> ones = Collections.nCopies(assets, BigInteger.ONE);
        List<BigInteger> limits = Collections.nCopies(3, BigInteger.ONE);
        return rule.rule()
                .evaluate(ClearInputs.allUsed(rule.rule(), bookOfOnes, rule.publicInputs(ones, ones, limits)));
    }

    @Test
    void publicInputsAreContextThenWords() {
        MarketHealthRule rule = MarketHealthRule.of(1, 1);
        Statement statement =
                Statement.of(rule.rule(), CONTEXT, reading(rule, 1).publicValues());
        BigInteger variable = BigInteger.valueOf(3 | 1 << 2);
        BigInteger parameters = BigInteger.ONE
                .or(BigInteger.ONE.shiftLeft(14))
                .or(BigInteger.ONE.shiftLeft(28))
                .or(BigInteger.ONE.shiftLeft(42));
        assertEquals(List.of(variable, parameters), statement.words());
        assertArrayEquals(ScalarField.encode(List.of(CONTEXT.value(), variable, parameters)), statement.publicInputs());
    }

    @Test
    void theLayoutCountsWhatTheClearReadingSupplies() {
        for (int assets : new int[] {1, 3, 16}) {
            MarketHealthRule rule = MarketHealthRule.of(assets, 4);
            CircuitLayout layout = CircuitLayout.of(rule.rule());
            int secretInputs = reading(rule, assets).circuitInputs().size();
            assertEquals(layout.inputWires(), layout.bookFrom() + secretInputs, assets + " assets");
            assertEquals(1 + layout.words(), layout.bookFrom());
            assertEquals(rule.rule().ranges().bits(), layout.bits());
            assertEquals(layout.adviceFrom() + layout.advice(), layout.inputWires());
        }
    }
}
