package io.veilflow.mpc.replicated.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.veilflow.datasets.vectors.VectorFile;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.Multiplication;
import io.veilflow.mpc.replicated.compare.RippleAdder;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.testing.SpecCase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Conversions between domains, byte for byte. */
class ConversionVectorTest {
    private static final VectorFile VECTORS = VectorFile.spec("convert");
    private static final List<PrimeField> FIELDS = List.of(PrimeField.P61, PrimeField.FR);

    @Test
    void bitsToFieldInProfileS() {
        for (PrimeField field : FIELDS) {
            SpecCase vector = cheaper(field, Profile.S);
            SpecCase.assertElements(
                    vector.outputs().get("z"),
                    // the case goes on with a verification, which profile S has not
                    vector.run(
                            operation -> new BitsToField(operation, field).convert(bits(vector, operation)),
                            label -> !label.startsWith("dzkp/")));
        }
    }

    private static SpecCase cheaper(PrimeField field, Profile profile) {
        return new SpecCase(
                VECTORS.caseNamed("bit to " + field.label() + ", all 8 patterns, cheaper first product"), profile);
    }

    private static BitShares bits(SpecCase vector, Operation operation) {
        return SpecCase.bits(
                operation.self(),
                vector.inputs().get("shares"),
                vector.inputs().get("n").asInt());
    }

    @Test
    void bothProductsOfABitAreEnteredForVerification() {
        for (PrimeField field : FIELDS) {
            SpecCase vector = cheaper(field, Profile.M);
            List<String> entered = vector.run(
                    operation -> {
                        new BitsToField(operation, field).convert(bits(vector, operation));
                        return operation.ledger().products(field).segments().toString();
                    },
                    label -> !label.startsWith("dzkp/"));
            String expected =
                    "[Segment[cheap=true, statements=8, terms=1], Segment[cheap=false, statements=8, terms=1]]";
            assertEquals(List.of(expected, expected, expected), entered);
        }
    }

    /** The form with two full products is made of the same multiplication, so its messages hold that one to the vectors again. */
    @Test
    void twoFullProductsGiveTheSameBits() {
        for (PrimeField field : FIELDS) {
            SpecCase vector =
                    new SpecCase(VECTORS.caseNamed("bit to " + field.label() + ", all 8 patterns, two full products"));
            SpecCase.assertElements(
                    vector.outputs().get("z"),
                    vector.run(
                            operation -> twoProducts(operation, field, bits(vector, operation)),
                            label -> !label.startsWith("dzkp/")));
        }
    }

    private static ElementShares twoProducts(Operation operation, PrimeField field, BitShares bits) {
        Multiplication products = new Multiplication(operation);
        ElementShares first = component(operation, field, bits, 0);
        ElementShares second = component(operation, field, bits, 1);
        ElementShares product = products.multiply(first, second);
        ElementShares low = first.plus(second).minus(product).minus(product);
        ElementShares third = component(operation, field, bits, 2);
        product = products.multiply(low, third);
        return low.plus(third).minus(product).minus(product);
    }

    private static ElementShares component(Operation operation, PrimeField field, BitShares bits, int component) {
        long plane = (operation.self().index() == component ? bits.own() : bits.next())[0];
        long[] values = new long[bits.lanes() * field.words()];
        for (int lane = 0; lane < bits.lanes(); lane++) {
            System.arraycopy(field.element(plane >>> lane & 1), 0, values, lane * field.words(), field.words());
        }
        return ElementShares.trivial(field, operation.self(), component, bits.lanes(), values);
    }

    @Test
    void fieldToBits() {
        for (JsonNode node : VECTORS.casesNamed("Fr to Boolean")) {
            SpecCase vector = new SpecCase(node, Profile.M);
            int width = vector.inputs().get("l").asInt();
            SpecCase.assertBits(vector.outputs().get("z"), vector.run(operation -> new FieldToBits(
                            operation, new IntegerToBits(operation, new RippleAdder(operation)))
                    .all(SpecCase.fr(operation.self(), vector.inputs().get("shares")), width)));
        }
    }

    @Test
    void numbersToField() {
        for (PrimeField field : FIELDS) {
            List<JsonNode> nodes = VECTORS.casesNamed("Boolean").stream()
                    .filter(node -> node.get("name").asText().contains(" bits to " + field.label() + " n="))
                    .toList();
            assertEquals(3, nodes.size());
            for (JsonNode node : nodes) {
                SpecCase vector = new SpecCase(node, Profile.M);
                SpecCase.assertElements(
                        vector.outputs().get("z"),
                        vector.run(operation -> new BitsToNumber(operation, field).convert(bits(vector, operation))));
            }
        }
    }

    @Test
    void elementsOfP61ToBits() {
        SpecCase vector = new SpecCase(VECTORS.caseNamed("F_p61 to Boolean"), Profile.M);
        SpecCase.assertBits(vector.outputs().get("z"), vector.run(operation -> new P61ToBits(operation)
                .convert(elements(PrimeField.P61, vector, operation))));
    }

    private static ElementShares elements(PrimeField field, SpecCase vector, Operation operation) {
        return SpecCase.elements(field, operation.self(), vector.inputs().get("shares"));
    }

    @Test
    void truncation() {
        List<JsonNode> nodes = VECTORS.casesNamed("trunc");
        assertEquals(9, nodes.size());
        for (JsonNode node : nodes) {
            SpecCase vector = new SpecCase(node, Profile.M);
            int bits = vector.inputs().get("f").asInt();
            int width = vector.inputs().get("l").asInt();
            SpecCase.assertElements(vector.outputs().get("z"), vector.run(operation -> new Truncation(operation)
                    .truncate(elements(PrimeField.FR, vector, operation), bits, width)));
        }
    }

    @Test
    void inverses() {
        for (PrimeField field : FIELDS) {
            SpecCase vector = new SpecCase(VECTORS.caseNamed("inverse " + field.label()), Profile.S);
            SpecCase.assertElements(
                    vector.outputs().get("z"),
                    vector.run(
                            operation -> new Inversion(operation).invert(elements(field, vector, operation)),
                            label -> !label.startsWith("dzkp/")));
        }
    }
}
