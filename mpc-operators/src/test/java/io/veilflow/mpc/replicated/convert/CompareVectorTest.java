package io.veilflow.mpc.replicated.convert;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.veilflow.datasets.vectors.VectorFile;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.replicated.compare.CarryAdder;
import io.veilflow.mpc.replicated.compare.RippleAdder;
import io.veilflow.mpc.replicated.compare.TreeAdder;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.testing.SpecCase;
import org.junit.jupiter.api.Test;

/** Comparison and A2B by ripple and by tree, widths 1 to 163, byte for byte. */
class CompareVectorTest {
    private static final VectorFile VECTORS = VectorFile.spec("compare");

    private static CarryAdder adder(String name, Operation operation) {
        return switch (name) {
            case "ripple" -> new RippleAdder(operation);
            case "tree" -> new TreeAdder(operation);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static IntegerToBits conversion(SpecCase vector, Operation operation) {
        return new IntegerToBits(operation, adder(vector.inputs().get("adder").asText(), operation));
    }

    @Test
    void topBit() {
        for (JsonNode node : VECTORS.casesNamed("ltz")) {
            SpecCase vector = new SpecCase(node);
            int width = vector.inputs().get("l").asInt();
            SpecCase.assertBits(vector.outputs().get("z"), vector.run(operation -> conversion(vector, operation)
                    .top(SpecCase.integers(operation.self(), vector.inputs().get("components")), width)));
        }
    }

    @Test
    void allBits() {
        for (JsonNode node : VECTORS.casesNamed("a2b")) {
            SpecCase vector = new SpecCase(node);
            int width = vector.inputs().get("l").asInt();
            SpecCase.assertBits(vector.outputs().get("z"), vector.run(operation -> conversion(vector, operation)
                    .all(SpecCase.integers(operation.self(), vector.inputs().get("components")), width)));
        }
    }

    @Test
    void lessThanOfTwoValues() {
        SpecCase vector = new SpecCase(VECTORS.caseNamed("less than of RISS values, l=65"));
        SpecCase.assertBits(vector.outputs().get("z"), vector.run(operation -> {
            IntegerShares x =
                    SpecCase.integers(operation.self(), vector.inputs().get("x"));
            IntegerShares y =
                    SpecCase.integers(operation.self(), vector.inputs().get("y"));
            return new IntegerToBits(operation, new TreeAdder(operation)).top(x.minus(y), 65);
        }));
    }

    @Test
    void theTreeNeedsFewRounds() {
        SpecCase vector = new SpecCase(VECTORS.caseNamed("ltz l=163 n=5 tree"));
        vector.run(operation -> conversion(vector, operation)
                .top(SpecCase.integers(operation.self(), vector.inputs().get("components")), 163));
        assertTrue(vector.world().rounds() <= 10, "rounds " + vector.world().rounds());
    }
}
