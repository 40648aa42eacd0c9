package io.veilflow.pipeline.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.testing.Clear;
import io.veilflow.mpc.testing.ThreePartyWorld;
import io.veilflow.zk.rule.ClearInputs;
import io.veilflow.zk.rule.ClearReading;
import io.veilflow.zk.rule.Rule;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** The reading on shares of three parties, put together again: elements mod r. */
record OpenedReading(
        List<BigInteger> book,
        List<BigInteger> limbs,
        List<BigInteger> counts,
        List<BigInteger> bits,
        List<BigInteger> advice,
        List<BigInteger> outputs,
        List<BigInteger> variableWords) {

    /** @param random shares the inputs out */
    static OpenedReading of(ThreePartyWorld world, Rule rule, ClearInputs inputs, Random random) {
        List<IntegerShares> books = Clear.shareIntegers(inputs.book(), random);
        List<SharedReading> readings = world.run(session -> RuleOnShares.evaluate(
                session, rule, books.get(session.self().index()), inputs.publicInputs(), inputs.used()));
        return new OpenedReading(
                open(readings, SharedReading::book),
                open(readings, SharedReading::limbs),
                open(readings, SharedReading::counts),
                open(readings, SharedReading::bits),
                open(readings, SharedReading::advice),
                open(readings, SharedReading::outputs),
                open(readings, SharedReading::variableWords));
    }

    private static List<BigInteger> open(List<SharedReading> readings, Function<SharedReading, ElementShares> part) {
        return Clear.openFr(readings.stream().map(part).toList());
    }

    /** Every wire and every output. */
    void assertAgreesWith(ClearReading clear, String where) {
        Rule rule = clear.rule();
        assertEquals(clear.inputs().book(), book.stream().map(Clear::signed).toList(), "book, " + where);
        assertEquals(clear.limbs(), limbs, "limbs, " + where);
        assertEquals(clear.counts(), counts, "counts, " + where);
        assertEquals(clear.bits(), bits, "bits, " + where);
        assertEquals(clear.advice(), advice, "advice, " + where);
        assertEquals(clear.outputs(), outputs, "outputs, " + where);
        List<BigInteger> words = rule.publicWords().pack(clear.publicValues());
        assertEquals(words.subList(0, rule.publicWords().variableWords()), variableWords, "words, " + where);
    }

    /** Input wires of the circuit behind the context, as docs/wire.md section 3 lists them. */
    List<BigInteger> circuitInputs(Rule rule, ClearInputs inputs) {
        List<BigInteger> wires = new ArrayList<>(variableWords);
        wires.addAll(rule.publicWords().packParameters(inputs.publicInputs()));
        wires.addAll(book);
        wires.addAll(inputs.publicInputs());
        wires.addAll(inputs.used().askedBits());
        wires.addAll(limbs);
        wires.addAll(counts);
        wires.addAll(bits);
        wires.addAll(advice);
        return wires;
    }
}
