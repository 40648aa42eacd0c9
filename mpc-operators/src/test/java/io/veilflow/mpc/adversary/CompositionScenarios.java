package io.veilflow.mpc.adversary;

import static io.veilflow.mpc.adversary.ProductScenarios.elements;

import io.veilflow.mpc.adversary.Scenario.Program;
import io.veilflow.mpc.adversary.SharedVector.Elements;
import io.veilflow.mpc.adversary.SharedVector.Integers;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.replicated.DotProduct;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.InputAgreement;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.replicated.Multiplication;
import io.veilflow.mpc.replicated.PublicCoins;
import io.veilflow.mpc.replicated.RandomShares;
import io.veilflow.mpc.replicated.convert.BitsToField;
import io.veilflow.mpc.replicated.convert.IntegerToBits;
import io.veilflow.mpc.session.Session;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** Primitives one after another as a window uses them: agreed inputs, several steps, one verification, one result. */
final class CompositionScenarios {
    private static final int LANES = 4;

    private CompositionScenarios() {}

    static List<Scenario> all(long seed) {
        return List.of(inputAgreement(seed), filteredSum(seed), rowCheck(seed), fairOpening(seed));
    }

    /** Products, verified, opened fairly. */
    private static Scenario fairOpening(long seed) {
        Inputs inputs = new Inputs(seed);
        long[] x = inputs.uniform(PrimeField.FR, 2);
        return Scenario.verified(
                        "fair opening",
                        "of 2 products",
                        Domain.BYTES,
                        inputs.elements(PrimeField.FR, x),
                        (session, mine) -> new Elements(new Multiplication(session.operation("mul"))
                                .multiply(elements(mine, 0), elements(mine, 0))),
                        PrimeField.FR.multiply(x, x))
                .withLabel("mul", Domain.FR)
                .opensFairly();
    }

    private static void agree(Session session, List<SharedVector> inputs) {
        ByteArrayOutputStream own = new ByteArrayOutputStream();
        ByteArrayOutputStream next = new ByteArrayOutputStream();
        for (SharedVector input : inputs) {
            own.writeBytes(input.ownBytes());
            next.writeBytes(input.nextBytes());
        }
        new InputAgreement(session.operation("inputs")).compare(own.toByteArray(), next.toByteArray());
    }

    /** Agreement, then one product. */
    private static Scenario inputAgreement(long seed) {
        Inputs inputs = new Inputs(seed);
        long[] x = inputs.uniform(PrimeField.FR, 2);
        inputs.elements(PrimeField.FR, x);
        List<List<SharedVector>> agreed = inputs.perParty();
        Program product = (session, mine) -> new Elements(
                new Multiplication(session.operation("mul")).multiply(elements(mine, 0), elements(mine, 0)));
        return Scenario.verified(
                        "input agreement",
                        "before a product",
                        Domain.FR,
                        inputs,
                        (session, mine) -> {
                            agree(session, mine);
                            return product.compute(session, mine);
                        },
                        PrimeField.FR.multiply(x, x))
                .withDeviations(Map.of("agrees on its inputs and computes with others", (session, mine) -> {
                    agree(session, agreed.get(session.self().index()));
                    return product.compute(session, List.of(mine.get(0).withError(true)));
                }));
    }

    /** The sum of the x below y, for 16-bit values: difference, sign, bit to Fr, sum of products. */
    private static Scenario filteredSum(long seed) {
        Inputs inputs = new Inputs(seed);
        List<BigInteger> x = inputs.unsigned(16, LANES);
        List<BigInteger> y = inputs.unsigned(16, LANES);
        BigInteger sum = BigInteger.ZERO;
        for (int k = 0; k < LANES; k++) {
            sum = x.get(k).compareTo(y.get(k)) < 0 ? sum.add(x.get(k)) : sum;
        }
        return Scenario.verified(
                "filtered sum",
                "4 values",
                Domain.FR,
                inputs.integers(x).integers(y),
                (session, mine) -> {
                    agree(session, mine);
                    IntegerShares left = ((Integers) mine.get(0)).shares();
                    IntegerShares right = ((Integers) mine.get(1)).shares();
                    ElementShares flags = new BitsToField(session.operation("flags"), PrimeField.FR)
                            .convert(IntegerToBits.forLanes(session.operation("compare"), LANES)
                                    .top(left.minus(right), 17));
                    return new Elements(new DotProduct(session.operation("sum")).dot(flags, left.toFr(), "dot"));
                },
                Inputs.elements(PrimeField.FR, List.of(sum)));
    }

    /**
     * As the row check (PROTOCOLS 8.3): a public coin q, v = sum of q^k * (a_k*b_k - c_k), and t*v for a random t is opened; zero if
     * all rows hold.
     */
    private static Scenario rowCheck(long seed) {
        PrimeField field = PrimeField.FR;
        Inputs inputs = new Inputs(seed);
        long[] a = inputs.uniform(field, LANES);
        long[] b = inputs.uniform(field, LANES);
        inputs.elements(field, a).elements(field, b).elements(field, field.multiply(a, b));
        return Scenario.verified(
                "row check",
                "4 rows",
                Domain.FR,
                inputs,
                (session, mine) -> {
                    agree(session, mine);
                    long[] powers = powers(new PublicCoins(session.operation("coin")).elements(field, 1, "q"));
                    ElementShares left = weighted(elements(mine, 0), powers);
                    ElementShares v = new DotProduct(session.operation("v"))
                            .dot(left, elements(mine, 1), "dot")
                            .minus(weighted(elements(mine, 2), powers).sum());
                    ElementShares t = new RandomShares(session.operation("t")).elements(field, 1);
                    return new Elements(new Multiplication(session.operation("tv")).multiply(t, v));
                },
                new long[field.words()]);
    }

    private static long[] powers(long[] q) {
        PrimeField field = PrimeField.FR;
        long[] out = new long[LANES * field.words()];
        long[] power = field.one();
        for (int k = 0; k < LANES; k++) {
            System.arraycopy(power, 0, out, k * field.words(), field.words());
            power = field.multiply(power, q);
        }
        return out;
    }

    private static ElementShares weighted(ElementShares x, long[] weights) {
        return new ElementShares(
                x.field(),
                x.count(),
                x.field().multiply(x.own(), weights),
                x.field().multiply(x.next(), weights));
    }
}
