package io.veilflow.mpc.adversary;

import io.veilflow.mpc.adversary.SharedVector.Bits;
import io.veilflow.mpc.adversary.SharedVector.Integers;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.replicated.compare.AllOnes;
import io.veilflow.mpc.replicated.compare.CarryAdder;
import io.veilflow.mpc.replicated.compare.RippleAdder;
import io.veilflow.mpc.replicated.compare.TreeAdder;
import io.veilflow.mpc.replicated.convert.Comparison;
import io.veilflow.mpc.replicated.convert.IntegerToBits;
import io.veilflow.mpc.session.Operation;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** From integers to bits by both adders, top bit and all bits (PROTOCOLS 4.6); comparison with its slack. */
final class ComparisonScenarios {
    private static final int[] WIDTHS = {1, 3, 64, 147};
    private static final int LANES = 5;

    private ComparisonScenarios() {}

    static List<Scenario> all(long seed) {
        List<Scenario> out = new ArrayList<>();
        for (int width : WIDTHS) {
            for (boolean top : new boolean[] {true, false}) {
                out.add(integerToBits(seed, "ripple", RippleAdder::new, width, top));
                out.add(integerToBits(seed, "tree", TreeAdder::new, width, top));
            }
        }
        out.add(lessThan(seed));
        out.add(allOnes(seed));
        return out;
    }

    static Scenario integerToBits(
            long seed, String adder, Function<Operation, CarryAdder> adders, int width, boolean top) {
        Inputs inputs = new Inputs(seed);
        List<BigInteger> values = inputs.signed(width, LANES);
        long[] expected = top
                ? Inputs.planes(
                        values.stream()
                                .map(value -> value.shiftRight(width - 1))
                                .toList(),
                        1)
                : Inputs.planes(values, width);
        return Scenario.verified(
                "comparison " + adder + (top ? " top bit" : " all bits"),
                "width " + width,
                Domain.WORDS,
                inputs.integers(values),
                (session, mine) -> {
                    Operation operation = session.operation("bits");
                    IntegerToBits conversion = new IntegerToBits(operation, adders.apply(operation));
                    IntegerShares x = ((Integers) mine.get(0)).shares();
                    return new Bits(top ? conversion.top(x, width) : conversion.all(x, width));
                },
                expected);
    }

    /** Flag and slack of x < y for 8-bit values. */
    private static Scenario lessThan(long seed) {
        Inputs inputs = new Inputs(seed);
        List<BigInteger> x = inputs.unsigned(8, LANES);
        List<BigInteger> y = new ArrayList<>(inputs.unsigned(8, LANES));
        y.set(0, x.get(0));
        List<BigInteger> advice = new ArrayList<>();
        for (int k = 0; k < LANES; k++) {
            BigInteger difference = x.get(k).subtract(y.get(k));
            boolean less = difference.signum() < 0;
            BigInteger slack = less ? difference.not() : difference;
            advice.add(slack.shiftLeft(1).add(less ? BigInteger.ONE : BigInteger.ZERO));
        }
        return Scenario.verified(
                "comparison with slack",
                "8 bits",
                Domain.WORDS,
                inputs.integers(x).integers(y),
                (session, mine) -> {
                    IntegerShares difference =
                            ((Integers) mine.get(0)).shares().minus(((Integers) mine.get(1)).shares());
                    BitShares bits = IntegerToBits.forLanes(session.operation("bits"), LANES)
                            .all(difference, 9);
                    return new Bits(Comparison.ofDifference(bits).advice());
                },
                Inputs.planes(advice, 9));
    }

    private static Scenario allOnes(long seed) {
        Inputs inputs = new Inputs(seed);
        List<BigInteger> values = new ArrayList<>(inputs.unsigned(5, LANES));
        values.set(0, BigInteger.valueOf(31));
        List<BigInteger> expected = values.stream()
                .map(value -> value.intValue() == 31 ? BigInteger.ONE : BigInteger.ZERO)
                .toList();
        return Scenario.verified(
                "all ones",
                "5 planes",
                Domain.WORDS,
                inputs.bits(values, 5),
                (session, mine) ->
                        new Bits(new AllOnes(session.operation("ones")).reduce(ProductScenarios.bits(mine, 0))),
                Inputs.planes(expected, 1));
    }
}
