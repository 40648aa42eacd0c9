package io.veilflow.mpc.adversary;

import static io.veilflow.mpc.adversary.ProductScenarios.bits;
import static io.veilflow.mpc.adversary.ProductScenarios.elements;

import io.veilflow.mpc.adversary.Scenario.Program;
import io.veilflow.mpc.adversary.SharedVector.Bits;
import io.veilflow.mpc.adversary.SharedVector.Elements;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.Multiplication;
import io.veilflow.mpc.replicated.RandomShares;
import io.veilflow.mpc.replicated.convert.BitsToField;
import io.veilflow.mpc.replicated.convert.BitsToNumber;
import io.veilflow.mpc.replicated.convert.FieldToBits;
import io.veilflow.mpc.replicated.convert.Inversion;
import io.veilflow.mpc.replicated.convert.P61ToBits;
import io.veilflow.mpc.replicated.convert.Truncation;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.testing.ThreePartyWorld;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Between domains (PROTOCOLS 4.7 to 4.10). What a conversion opens under a statistical mask it verifies first. */
final class ConversionScenarios {
    private static final int LANES = 3;
    private static final List<PrimeField> FIELDS = List.of(PrimeField.FR, PrimeField.P61);

    private ConversionScenarios() {}

    static List<Scenario> all(long seed) {
        List<Scenario> out = new ArrayList<>();
        for (PrimeField field : FIELDS) {
            out.add(bitsToField(seed, field, 1, 1));
            out.add(bitsToField(seed, field, 8, 3));
            out.add(bitsToNumber(seed, field, 3));
            out.add(bitsToNumber(seed, field, field == PrimeField.FR ? 64 : 60));
            out.add(inversion(seed, field));
            out.add(random(seed, field));
        }
        out.add(fieldToBits(seed, 8));
        out.add(fieldToBits(seed, 163));
        out.add(p61ToBits(seed));
        out.add(truncation(seed));
        return out;
    }

    static Scenario bitsToField(long seed, PrimeField field, int lanes, int planes) {
        Inputs inputs = new Inputs(seed);
        List<BigInteger> values = inputs.unsigned(planes, lanes);
        List<BigInteger> expected = new ArrayList<>();
        for (BigInteger value : values) {
            for (int bit = 0; bit < planes; bit++) {
                expected.add(value.testBit(bit) ? BigInteger.ONE : BigInteger.ZERO);
            }
        }
        return Scenario.verified(
                "bits to " + field.label(),
                planes + " planes of " + lanes,
                Domain.of(field),
                inputs.bits(values, planes),
                (session, mine) ->
                        new Elements(new BitsToField(session.operation("inject"), field).convert(bits(mine, 0))),
                Inputs.elements(field, expected));
    }

    static Scenario bitsToNumber(long seed, PrimeField field, int width) {
        Inputs inputs = new Inputs(seed);
        List<BigInteger> values = new ArrayList<>(inputs.unsigned(width, LANES));
        values.set(0, BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE));
        return Scenario.verified(
                        "number to " + field.label(),
                        width + " bits",
                        Domain.of(field),
                        inputs.bits(values, width),
                        (session, mine) -> new Elements(
                                new BitsToNumber(session.operation("number"), field).convert(bits(mine, 0))),
                        Inputs.elements(field, values))
                .withLabel("open/y", Domain.WORDS);
    }

    /** The square of x, then its bits, which verify it before they open anything. */
    private static Scenario fieldToBits(long seed, int width) {
        Inputs inputs = new Inputs(seed);
        List<BigInteger> values = inputs.unsigned((width - 1) / 2, LANES);
        List<BigInteger> squares = values.stream().map(x -> x.multiply(x)).toList();
        inputs.elements(PrimeField.FR, Inputs.elements(PrimeField.FR, values));
        return Scenario.verified(
                "Fr to bits",
                width + " bits",
                Domain.FR,
                inputs,
                (session, mine) -> new Bits(
                        FieldToBits.forLanes(session.operation("bits"), LANES).all(square(session, mine), width)),
                Inputs.planes(squares, width));
    }

    private static ElementShares square(Session session, List<SharedVector> mine) {
        ElementShares x = elements(mine, 0);
        return new Multiplication(session.operation("square")).multiply(x, x);
    }

    private static Scenario p61ToBits(long seed) {
        Inputs inputs = new Inputs(seed);
        List<BigInteger> values = new ArrayList<>(inputs.unsigned(60, LANES));
        values.set(0, BigInteger.ZERO);
        return Scenario.verified(
                "F_p61 to bits",
                "3 values",
                Domain.WORDS,
                inputs.elements(PrimeField.P61, Inputs.elements(PrimeField.P61, values)),
                (session, mine) -> new Bits(new P61ToBits(session.operation("bits")).convert(elements(mine, 0))),
                Inputs.planes(values, 61));
    }

    private static Scenario truncation(long seed) {
        Inputs inputs = new Inputs(seed);
        List<BigInteger> values = inputs.unsigned(30, LANES);
        inputs.elements(PrimeField.FR, Inputs.elements(PrimeField.FR, values));
        return asHonestlyRun(
                seed,
                "truncation",
                "by 20 of 64 bits",
                Domain.FR,
                inputs,
                (session, mine) -> new Elements(
                        new Truncation(session.operation("truncate")).truncate(square(session, mine), 20, 64)));
    }

    private static Scenario inversion(long seed, PrimeField field) {
        Inputs inputs = new Inputs(seed);
        long[] values = inputs.uniform(field, LANES);
        inputs.elements(field, values);
        return Scenario.verified(
                "inversion " + field.label(),
                "3 values",
                Domain.of(field),
                inputs,
                (session, mine) -> new Elements(new Inversion(session.operation("inverse")).invert(elements(mine, 0))),
                field.invert(values));
    }

    /** A random value as products use it: nobody knows it, and it is the same whoever computes with it. */
    private static Scenario random(long seed, PrimeField field) {
        return asHonestlyRun(
                seed,
                "random value",
                "squared, in " + field.label(),
                Domain.of(field),
                new Inputs(seed),
                (session, mine) -> {
                    Operation operation = session.operation("random");
                    ElementShares r = new RandomShares(operation).elements(field, LANES);
                    return new Elements(new Multiplication(operation).multiply(r, r));
                });
    }

    /** The result depends on the keys, which are those of the harness. */
    static Scenario asHonestlyRun(
            long seed, String primitive, String name, Domain domain, Inputs inputs, Program program) {
        List<List<SharedVector>> shared = inputs.perParty();
        Scenario.Ending ending = Endings.verifiedOpening();
        long[] expected = ThreePartyWorld.seeded(seed)
                .withProfile(Profile.M)
                .run(session -> ending.open(
                        session,
                        program.compute(session, shared.get(session.self().index())),
                        Trial.honest()))
                .get(0);
        return Scenario.verified(primitive, name, domain, inputs, program, expected);
    }
}
