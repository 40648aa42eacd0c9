package io.veilflow.pipeline.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.testing.Clear;
import io.veilflow.mpc.testing.ThreePartyWorld;
import io.veilflow.nativelib.NativeProver;
import io.veilflow.zk.field.ScalarField;
import io.veilflow.zk.rule.ClearInputs;
import io.veilflow.zk.rule.ClearReading;
import io.veilflow.zk.rule.RandomRule;
import io.veilflow.zk.rule.Rule;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Random rules over all nodes in all three readings: in the clear, on shares, as constraints. */
class ThreeReadingsITCase {
    private static final int RULES = 60;
    private static final BigInteger CONTEXT = BigInteger.valueOf(4711);

    @Test
    @DisplayName("E1, E2: the circuit accepts what the clear reading and the shares say, and no other wire")
    void theCircuitAcceptsBothReadings() {
        long first = new Random().nextInt(1 << 30);
        System.out.println("ThreeReadingsITCase: seeds from " + first);
        for (long seed = first; seed < first + RULES; seed++) {
            check(seed);
        }
    }

    private static void check(long seed) {
        Rule rule = RandomRule.of(seed);
        Random random = new Random(seed);
        ClearInputs inputs = RandomRule.inputs(rule, random);
        ClearReading clear = rule.evaluate(inputs);
        String where = "rule and inputs of seed " + seed;
        Profile profile = seed % 8 == 0 ? Profile.M : Profile.S;
        OpenedReading opened =
                OpenedReading.of(ThreePartyWorld.seeded(seed).withProfile(profile), rule, inputs, random);
        opened.assertAgreesWith(clear, where);

        List<BigInteger> ofClear = new ArrayList<>(rule.publicWords().pack(clear.publicValues()));
        ofClear.addAll(clear.circuitInputs());
        List<BigInteger> ofShares = opened.circuitInputs(rule, inputs);
        List<BigInteger> changed = new ArrayList<>(ofShares);
        int wire = random.nextInt(changed.size());
        changed.set(wire, changed.get(wire).add(BigInteger.ONE));
        assertArrayEquals(
                new boolean[] {true, true, false},
                satisfied(rule, List.of(ofClear, ofShares, changed)),
                where + ", changed wire " + wire);
    }

    private static boolean[] satisfied(Rule rule, List<List<BigInteger>> witnesses) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (List<BigInteger> witness : witnesses) {
            List<BigInteger> wires = new ArrayList<>(List.of(CONTEXT));
            wires.addAll(witness);
            // the clear reading has its signed inputs as they are
            bytes.writeBytes(ScalarField.encode(
                    wires.stream().map(wire -> wire.mod(Clear.R)).toList()));
        }
        return NativeProver.satisfied(rule.canonicalBytes(), bytes.toByteArray());
    }
}
