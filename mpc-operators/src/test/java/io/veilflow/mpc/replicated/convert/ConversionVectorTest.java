package io.veilflow.mpc.replicated.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.veilflow.datasets.vectors.VectorFile;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.Multiplication;
import io.veilflow.mpc.replicated.compare.RippleAdder;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.testing.Outcome;
import io.veilflow.mpc.testing.SpecCase;
import io.veilflow.mpc.testing.Tamper;
import io.veilflow.mpc.verification.Verification;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
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

    @Test
    void bitsToFieldAndTheirVerification() {
        for (PrimeField field : FIELDS) {
            SpecCase vector = cheaper(field, Profile.M);
            SpecCase.assertElements(
                    vector.outputs().get("z"),
                    vector.run(operation ->
                            verified(operation, new BitsToField(operation, field).convert(bits(vector, operation)))));
        }
    }

    private static ElementShares verified(Operation operation, ElementShares result) {
        new Verification(operation, "dzkp").run();
        return result;
    }

    @Test
    @DisplayName("C1: every listed bit flip in a conversion of bits and its verification is seen by an honest party")
    void everyFlippedBitIsCaught() {
        JsonNode node = VECTORS.caseNamed("bit to Fr, all 8 patterns, cheaper first product");
        for (JsonNode bad : node.get("must_abort")) {
            JsonNode target = node.get("messages").get(bad.get("message").asInt());
            SpecCase vector = new SpecCase(node, Profile.M);
            List<Outcome<ElementShares>> outcomes = vector.world()
                    .withTamper(onlyThe(target, bad.get("flip_bit").asInt()))
                    .attempt(session -> {
                        Operation operation = session.operation(node.get("path").asText());
                        ElementShares bits = new BitsToField(operation, PrimeField.FR).convert(bits(vector, operation));
                        return verified(operation, bits);
                    });
            assertTrue(
                    outcomes.stream().anyMatch(outcome -> outcome.failure() instanceof ProtocolAbortException),
                    bad.toString());
        }
    }

    /** Two messages of one direction share a label here, so the content tells them apart. */
    private static Tamper onlyThe(JsonNode target, int bit) {
        byte[] listed = HexFormat.of().parseHex(target.get(4).asText());
        return message -> {
            byte[] payload = message.payload().clone();
            if (message.from().index() == target.get(1).asInt()
                    && message.to().index() == target.get(2).asInt()
                    && message.label().equals(target.get(3).asText())
                    && Arrays.equals(payload, listed)) {
                payload[bit / 8] ^= (byte) (1 << bit % 8);
            }
            return payload;
        };
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
            String name = "bit to " + field.label() + ", all 8 patterns, two full products";
            SpecCase vector = new SpecCase(VECTORS.caseNamed(name), Profile.M);
            SpecCase.assertElements(
                    vector.outputs().get("z"),
                    vector.run(
                            operation -> verified(operation, twoProducts(operation, field, bits(vector, operation)))));
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
            SpecCase vector = new SpecCase(VECTORS.caseNamed("inverse " + field.label()), Profile.M);
            SpecCase.assertElements(vector.outputs().get("z"), vector.run(operation -> new Inversion(operation)
                    .invert(elements(field, vector, operation))));
        }
    }
}
