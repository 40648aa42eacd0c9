package io.veilflow.mpc.replicated;

import com.fasterxml.jackson.databind.JsonNode;
import io.veilflow.datasets.vectors.VectorFile;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.replicated.compare.AllOnes;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.testing.SpecCase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Products, inner products, AND and what is made of AND alone, byte for byte. */
class ProductVectorTest {
    private static final VectorFile PRODUCTS = VectorFile.spec("mult");
    private static final VectorFile BITS = VectorFile.spec("bits");

    /** Profile M sends the same messages: what differs is only what is kept. */
    private static List<SpecCase> inBothProfiles(VectorFile file, String name) {
        return List.of(new SpecCase(file.caseNamed(name), Profile.S), new SpecCase(file.caseNamed(name), Profile.M));
    }

    @Test
    void productsInEveryField() {
        for (PrimeField field : List.of(PrimeField.P61, PrimeField.FR, PrimeField.ZQ)) {
            for (SpecCase vector : inBothProfiles(PRODUCTS, "mult " + field.label())) {
                SpecCase.assertElements(vector.outputs().get("z"), vector.run(operation -> new Multiplication(operation)
                        .multiply(elements(field, vector, operation, "x"), elements(field, vector, operation, "y"))));
            }
        }
    }

    @Test
    void innerProductsInEveryField() {
        for (PrimeField field : List.of(PrimeField.P61, PrimeField.FR, PrimeField.ZQ)) {
            String name = "dot " + field.label() + ": x*y + y*y + x*x per element";
            for (SpecCase vector : inBothProfiles(PRODUCTS, name)) {
                SpecCase.assertElements(vector.outputs().get("z"), vector.run(operation -> {
                    ElementShares x = elements(field, vector, operation, "x");
                    ElementShares y = elements(field, vector, operation, "y");
                    return new DotProduct(operation)
                            .dots(interleave(x, y, x), interleave(y, y, x), x.count(), Multiplication.LABEL);
                }));
            }
        }
    }

    private static ElementShares interleave(ElementShares a, ElementShares b, ElementShares c) {
        List<ElementShares> parts = new ArrayList<>();
        for (int k = 0; k < a.count(); k++) {
            parts.add(a.slice(k, 1));
            parts.add(b.slice(k, 1));
            parts.add(c.slice(k, 1));
        }
        return ElementShares.concat(a.field(), parts);
    }

    @Test
    void and() {
        for (JsonNode node : BITS.casesNamed("and")) {
            SpecCase vector = new SpecCase(node);
            SpecCase.assertBits(vector.outputs().get("z"), vector.run(operation -> new BitAnd(operation)
                    .and(bits(vector, operation, "x"), bits(vector, operation, "y"))));
        }
    }

    @Test
    void equalityIsAllOnesOfNotXor() {
        for (JsonNode node : BITS.casesNamed("equal")) {
            SpecCase vector = new SpecCase(node);
            SpecCase.assertBits(vector.outputs().get("z"), vector.run(operation -> new AllOnes(operation)
                    .reduce(bits(vector, operation, "x")
                            .xor(bits(vector, operation, "y"))
                            .not(operation.self()))));
        }
    }

    @Test
    void selectionIsOneAnd() {
        for (JsonNode node : BITS.casesNamed("mux")) {
            SpecCase vector = new SpecCase(node);
            SpecCase.assertBits(vector.outputs().get("z"), vector.run(operation -> {
                BitShares a = bits(vector, operation, "x");
                BitShares b = bits(vector, operation, "y");
                BitShares selector = bits(vector, operation, "sel").repeat(a.planes());
                return new BitAnd(operation).and(selector, a.xor(b)).xor(b);
            }));
        }
    }

    @Test
    void unsignedLessThanIsACarryChain() {
        for (JsonNode node : BITS.casesNamed("less than")) {
            SpecCase vector = new SpecCase(node);
            SpecCase.assertBits(vector.outputs().get("z"), vector.run(operation -> {
                BitShares notX = bits(vector, operation, "x").not(operation.self());
                BitShares y = bits(vector, operation, "y");
                BitAnd products = new BitAnd(operation);
                BitShares carry = products.and(notX.plane(0), y.plane(0));
                for (int k = 1; k < y.planes(); k++) {
                    BitShares a = notX.plane(k);
                    carry = products.and(carry.xor(a), a.xor(y.plane(k))).xor(a);
                }
                return carry;
            }));
        }
    }

    private static ElementShares elements(PrimeField field, SpecCase vector, Operation operation, String name) {
        return SpecCase.elements(field, operation.self(), vector.inputs().get(name));
    }

    private static BitShares bits(SpecCase vector, Operation operation, String name) {
        return SpecCase.bits(
                operation.self(),
                vector.inputs().get(name),
                vector.inputs().get("n").asInt());
    }
}
