package io.veilflow.mpc.adversary;

import io.veilflow.mpc.adversary.SharedVector.Bits;
import io.veilflow.mpc.adversary.SharedVector.Elements;
import io.veilflow.mpc.adversary.SharedVector.Integers;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.replicated.compare.AllOnes;
import io.veilflow.mpc.replicated.convert.BitsToNumber;
import io.veilflow.mpc.replicated.convert.FieldToIntegers;
import io.veilflow.mpc.replicated.convert.IntegerToBits;
import io.veilflow.mpc.replicated.count.Histogram;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a lookup argument needs (PROTOCOLS 8.6): limbs and their counts in Fr; equality of linear and of field differences. */
final class CountingScenarios {
    private static final int LANES = 5;

    private CountingScenarios() {}

    static List<Scenario> all(long seed) {
        return List.of(
                ConversionScenarios.bitsToNumber(seed, PrimeField.FR, 8),
                counts(seed, 2),
                counts(seed, 4),
                equalityOfSums(seed),
                equalityOfElements(seed));
    }

    private static Scenario counts(long seed, int bits) {
        Inputs inputs = new Inputs(seed);
        List<BigInteger> values = new ArrayList<>(inputs.unsigned(bits, LANES));
        values.set(0, values.get(1));
        List<BigInteger> expected = new ArrayList<>();
        for (int entry = 0; entry < 1 << bits; entry++) {
            expected.add(BigInteger.valueOf(Collections.frequency(values, BigInteger.valueOf(entry))));
        }
        return Scenario.verified(
                        "table counts",
                        LANES + " limbs of " + bits + " bits",
                        Domain.FR,
                        inputs.bits(values, bits),
                        (session, mine) -> {
                            BitShares counts =
                                    new Histogram(session.operation("counts")).of(ProductScenarios.bits(mine, 0));
                            return new Elements(
                                    new BitsToNumber(session.operation("number"), PrimeField.FR).convert(counts));
                        },
                        Inputs.elements(PrimeField.FR, expected))
                .withLabel("open/y", Domain.WORDS);
    }

    private static Scenario equalityOfSums(long seed) {
        Inputs inputs = new Inputs(seed);
        List<BigInteger> differences = differences(inputs);
        return Scenario.verified(
                "equality",
                "of sums of inputs",
                Domain.WORDS,
                inputs.integers(differences),
                (session, mine) -> {
                    IntegerShares difference = ((Integers) mine.get(0)).shares();
                    BitShares bits = IntegerToBits.forLanes(session.operation("bits"), LANES)
                            .all(difference, 9);
                    return new Bits(new AllOnes(session.operation("zero")).reduce(bits.not(session.self())));
                },
                Inputs.planes(zeroFlags(differences), 1));
    }

    /** The same over Fr, where the opening verifies first. */
    private static Scenario equalityOfElements(long seed) {
        Inputs inputs = new Inputs(seed);
        List<BigInteger> differences = differences(inputs);
        inputs.elements(PrimeField.FR, Inputs.elements(PrimeField.FR, differences));
        return Scenario.verified(
                "equality",
                "of products",
                Domain.FR,
                inputs,
                (session, mine) -> {
                    IntegerShares difference = new FieldToIntegers(session.operation("integers"))
                            .convert(ProductScenarios.elements(mine, 0), 9);
                    BitShares bits = IntegerToBits.forLanes(session.operation("bits"), LANES)
                            .all(difference, 9);
                    return new Bits(new AllOnes(session.operation("zero")).reduce(bits.not(session.self())));
                },
                Inputs.planes(zeroFlags(differences), 1));
    }

    private static List<BigInteger> differences(Inputs inputs) {
        List<BigInteger> out = new ArrayList<>(inputs.signed(9, LANES));
        out.set(2, BigInteger.ZERO);
        return out;
    }

    private static List<BigInteger> zeroFlags(List<BigInteger> differences) {
        return differences.stream()
                .map(value -> value.signum() == 0 ? BigInteger.ONE : BigInteger.ZERO)
                .toList();
    }
}
