package io.veilflow.mpc.adversary;

import io.veilflow.mpc.adversary.Scenario.Program;
import io.veilflow.mpc.adversary.SharedVector.Bits;
import io.veilflow.mpc.adversary.SharedVector.Elements;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.replicated.BitAnd;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.DotProduct;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.Multiplication;
import io.veilflow.mpc.session.Operation;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ANDs, products and sums of products with their verification (PROTOCOLS 4.4, 4.5), in batches from one to several levels of the proof.
 * The result of each is z = x*y or z*z of it, so that an error that is followed grows.
 */
final class ProductScenarios {
    private static final int[] AND_LANES = {1, 65, 520, 4160};
    private static final int[] PRODUCTS = {1, 2, 3, 17, 70};
    private static final List<PrimeField> FIELDS = List.of(PrimeField.FR, PrimeField.P61, PrimeField.ZQ);

    private ProductScenarios() {}

    static List<Scenario> all(long seed) {
        List<Scenario> out = new ArrayList<>();
        for (int lanes : AND_LANES) {
            out.add(and(seed, lanes));
        }
        for (PrimeField field : FIELDS) {
            for (int count : PRODUCTS) {
                out.add(multiplication(seed, field, count));
            }
            out.add(sums(seed, field, 1, 1));
            out.add(sums(seed, field, 3, 5));
        }
        out.add(mixed(seed));
        return out;
    }

    static Scenario and(long seed, int lanes) {
        Inputs inputs = new Inputs(seed);
        List<BigInteger> x = inputs.unsigned(1, lanes);
        List<BigInteger> y = inputs.unsigned(1, lanes);
        List<BigInteger> z = new ArrayList<>();
        for (int k = 0; k < lanes; k++) {
            z.add(x.get(k).and(y.get(k)).xor(BigInteger.ONE).and(x.get(k)));
        }
        inputs.bits(x, 1).bits(y, 1);
        Map<String, Program> deviations = new LinkedHashMap<>();
        for (DeviantProducts deviation : DeviantProducts.values()) {
            deviations.put(
                    deviation.name(), (session, mine) -> notThenAnd(session.operation("and"), mine, deviation::and));
        }
        return Scenario.verified(
                        "AND",
                        lanes + " lanes",
                        Domain.WORDS,
                        inputs,
                        (session, mine) -> notThenAnd(
                                session.operation("and"), mine, (operation, a, b) -> new BitAnd(operation).and(a, b)),
                        Inputs.planes(z, 1))
                .withDeviations(deviations);
    }

    @FunctionalInterface
    private interface And {
        BitShares of(Operation operation, BitShares x, BitShares y);
    }

    /** ~(x & y) & x, the second AND always the product's own. */
    private static SharedVector notThenAnd(Operation operation, List<SharedVector> mine, And first) {
        BitShares x = ((Bits) mine.get(0)).shares();
        BitShares y = ((Bits) mine.get(1)).shares();
        BitShares z = first.of(operation, x, y);
        return new Bits(new BitAnd(operation).and(z.not(operation.self()), x));
    }

    static Scenario multiplication(long seed, PrimeField field, int count) {
        Inputs inputs = new Inputs(seed);
        long[] x = inputs.uniform(field, count);
        long[] y = inputs.uniform(field, count);
        long[] z = field.multiply(x, y);
        inputs.elements(field, x).elements(field, y);
        Map<String, Program> deviations = new LinkedHashMap<>();
        for (DeviantProducts deviation : DeviantProducts.values()) {
            deviations.put(
                    deviation.name(),
                    (session, mine) -> productSquared(session.operation("mul"), mine, deviation::multiply));
        }
        return Scenario.verified(
                        "product " + field.label(),
                        count + " products",
                        Domain.of(field),
                        inputs,
                        (session, mine) -> productSquared(
                                session.operation("mul"), mine, (operation, a, b) -> new Multiplication(operation)
                                        .multiply(a, b)),
                        field.multiply(z, z))
                .withDeviations(deviations);
    }

    @FunctionalInterface
    private interface Multiply {
        ElementShares of(Operation operation, ElementShares x, ElementShares y);
    }

    /** (x * y)^2, the second product always the product's own. */
    private static SharedVector productSquared(Operation operation, List<SharedVector> mine, Multiply first) {
        ElementShares z = first.of(operation, elements(mine, 0), elements(mine, 1));
        return new Elements(new Multiplication(operation).multiply(z, z));
    }

    static ElementShares elements(List<SharedVector> inputs, int index) {
        return ((Elements) inputs.get(index)).shares();
    }

    static BitShares bits(List<SharedVector> inputs, int index) {
        return ((Bits) inputs.get(index)).shares();
    }

    static Scenario sums(long seed, PrimeField field, int sums, int terms) {
        Inputs inputs = new Inputs(seed);
        long[] x = inputs.uniform(field, sums * terms);
        long[] y = inputs.uniform(field, sums * terms);
        inputs.elements(field, x).elements(field, y);
        return Scenario.verified(
                "sum of products " + field.label(),
                sums + " sums of " + terms,
                Domain.of(field),
                inputs,
                (session, mine) -> new Elements(new DotProduct(session.operation("dot"))
                        .dots(elements(mine, 0), elements(mine, 1), sums, "dot")),
                field.dots(x, y, sums));
    }

    /** All three kinds in one verification; only the Fr result is opened. */
    private static Scenario mixed(long seed) {
        Inputs inputs = new Inputs(seed);
        long[] x = inputs.uniform(PrimeField.FR, 2);
        long[] u = inputs.uniform(PrimeField.P61, 2);
        List<BigInteger> bits = inputs.unsigned(1, 70);
        inputs.elements(PrimeField.FR, x).elements(PrimeField.P61, u).bits(bits, 1);
        return Scenario.verified(
                "ANDs and both fields",
                "in one verification",
                Domain.FR,
                inputs,
                (session, mine) -> {
                    new BitAnd(session.operation("and")).and(bits(mine, 2), bits(mine, 2));
                    new Multiplication(session.operation("p61")).multiply(elements(mine, 1), elements(mine, 1));
                    return new Elements(
                            new Multiplication(session.operation("fr")).multiply(elements(mine, 0), elements(mine, 0)));
                },
                PrimeField.FR.multiply(x, x));
    }
}
