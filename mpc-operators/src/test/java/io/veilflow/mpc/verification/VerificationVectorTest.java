package io.veilflow.mpc.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.veilflow.datasets.vectors.VectorFile;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.BitAnd;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.DotProduct;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.Multiplication;
import io.veilflow.mpc.replicated.convert.BitsToField;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.testing.Message;
import io.veilflow.mpc.testing.Outcome;
import io.veilflow.mpc.testing.SpecCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Proofs of products, every message of every proof byte for byte, and every change that must end in an abort. */
class VerificationVectorTest {
    private static final VectorFile VECTORS = VectorFile.spec("dzkp");
    private static final VectorFile CONVERSIONS = VectorFile.spec("convert");
    private static final List<PrimeField> FIELDS = List.of(PrimeField.P61, PrimeField.FR);
    private static final List<PrimeField> FIELDS_WITH_PRODUCTS = List.of(PrimeField.P61, PrimeField.FR, PrimeField.ZQ);

    @Test
    void ands() {
        for (JsonNode node : VECTORS.casesNamed("ANDs")) {
            SpecCase vector = new SpecCase(node, Profile.M);
            SpecCase.assertBits(vector.outputs().get("z"), vector.run(operation -> verifiedAnd(vector, operation)));
        }
    }

    @Test
    void products() {
        for (PrimeField field : FIELDS_WITH_PRODUCTS) {
            for (JsonNode node : VECTORS.casesNamed("products in " + field.label() + ",")) {
                SpecCase vector = new SpecCase(node, Profile.M);
                SpecCase.assertElements(
                        vector.outputs().get("z"), vector.run(operation -> verifiedSums(vector, field, operation)));
            }
        }
    }

    @Test
    void bothProductsOfABitWithTheCheaperFirstOne() {
        for (PrimeField field : FIELDS) {
            SpecCase vector = bitCase(field);
            SpecCase.assertElements(
                    vector.outputs().get("z"), vector.run(operation -> verifiedBits(vector, field, operation)));
        }
    }

    @Test
    void bothProductsOfABitInFull() {
        for (PrimeField field : FIELDS) {
            SpecCase vector = new SpecCase(
                    CONVERSIONS.caseNamed("bit to " + field.label() + ", all 8 patterns, two full products"),
                    Profile.M);
            SpecCase.assertElements(
                    vector.outputs().get("z"), vector.run(operation -> verifiedFullBits(vector, field, operation)));
        }
    }

    @Test
    @DisplayName(
            "C3: every listed change of one bit in a message of ANDs and their proofs is an abort of an honest party")
    void everyChangeAroundAnds() {
        int changes = 0;
        for (JsonNode node : VECTORS.casesNamed("ANDs")) {
            SpecCase vector = new SpecCase(node, Profile.M);
            changes += everyChangeAborts(node, vector, operation -> verifiedAnd(vector, operation));
        }
        assertEquals(264, changes);
    }

    @Test
    @DisplayName("C3: every listed change of one bit in a message of products and their proofs is an abort of an honest"
            + " party")
    void everyChangeAroundProducts() {
        int changes = 0;
        for (PrimeField field : FIELDS_WITH_PRODUCTS) {
            for (JsonNode node : VECTORS.casesNamed("products in " + field.label() + ",")) {
                SpecCase vector = new SpecCase(node, Profile.M);
                changes += everyChangeAborts(node, vector, operation -> verifiedSums(vector, field, operation));
            }
        }
        JsonNode bits = CONVERSIONS.caseNamed("bit to Fr, all 8 patterns, cheaper first product");
        SpecCase vector = new SpecCase(bits, Profile.M);
        changes += everyChangeAborts(bits, vector, operation -> verifiedBits(vector, PrimeField.FR, operation));
        assertEquals(540, changes);
    }

    /** @return how many changes the case lists */
    private static <T> int everyChangeAborts(JsonNode node, SpecCase vector, Function<Operation, T> protocol) {
        if (!node.has("must_abort")) {
            return 0;
        }
        for (JsonNode change : node.get("must_abort")) {
            JsonNode message = node.get("messages").get(change.get("message").asInt());
            PartyId sender = PartyId.of(message.get(1).asInt());
            List<Outcome<T>> outcomes = vector.world()
                    .withTamper(sent -> isThat(sent, message)
                            ? flipped(sent.payload(), change.get("flip_bit").asInt())
                            : sent.payload())
                    .attempt(session ->
                            protocol.apply(session.operation(node.get("path").asText())));
            assertHonestAbort(outcomes, sender, vector.name() + " " + change);
        }
        return node.get("must_abort").size();
    }

    private static boolean isThat(Message sent, JsonNode message) {
        return sent.from().index() == message.get(1).asInt()
                && sent.to().index() == message.get(2).asInt()
                && sent.label().equals(message.get(3).asText());
    }

    private static byte[] flipped(byte[] payload, int bit) {
        byte[] out = payload.clone();
        out[bit / 8] ^= (byte) (1 << bit % 8);
        return out;
    }

    private static <T> void assertHonestAbort(List<Outcome<T>> outcomes, PartyId sender, String what) {
        List<ProtocolAbortException> aborts = new ArrayList<>();
        for (Outcome<T> outcome : outcomes) {
            if (outcome.failed()) {
                assertTrue(outcome.failure() instanceof ProtocolAbortException, what + ": " + outcome.failure());
                if (outcome.party() != sender) {
                    aborts.add((ProtocolAbortException) outcome.failure());
                }
            }
        }
        assertTrue(!aborts.isEmpty(), what + ": nobody noticed");
        Set<PartyId> accused = aborts.stream()
                .map(ProtocolAbortException::accused)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
        assertTrue(Set.of(sender).containsAll(accused), what + ": accused " + accused);
    }

    private static BitShares verifiedAnd(SpecCase vector, Operation operation) {
        BitShares z = new BitAnd(operation).and(bits(vector, operation, "x"), bits(vector, operation, "y"));
        new Verification(operation, "dzkp").run();
        return z;
    }

    private static BitShares bits(SpecCase vector, Operation operation, String name) {
        return SpecCase.bits(
                operation.self(),
                vector.inputs().get(name),
                vector.inputs().get("n").asInt());
    }

    /** z = x*y, then x*y + z*z in one sum. */
    private static ElementShares verifiedSums(SpecCase vector, PrimeField field, Operation operation) {
        ElementShares x =
                SpecCase.elements(field, operation.self(), vector.inputs().get("x"));
        ElementShares y =
                SpecCase.elements(field, operation.self(), vector.inputs().get("y"));
        ElementShares z = new Multiplication(operation).multiply(x, y);
        ElementShares sums = new DotProduct(operation).dots(pairs(x, z), pairs(y, z), x.count(), "dot");
        new Verification(operation, "dzkp").run();
        return sums;
    }

    private static ElementShares pairs(ElementShares a, ElementShares b) {
        List<ElementShares> out = new ArrayList<>();
        for (int k = 0; k < a.count(); k++) {
            out.add(a.slice(k, 1));
            out.add(b.slice(k, 1));
        }
        return ElementShares.concat(a.field(), out);
    }

    private static SpecCase bitCase(PrimeField field) {
        return new SpecCase(
                CONVERSIONS.caseNamed("bit to " + field.label() + ", all 8 patterns, cheaper first product"),
                Profile.M);
    }

    private static ElementShares verifiedBits(SpecCase vector, PrimeField field, Operation operation) {
        ElementShares z = new BitsToField(operation, field).convert(bits(vector, operation, "shares"));
        new Verification(operation, "dzkp").run();
        return z;
    }

    private static ElementShares verifiedFullBits(SpecCase vector, PrimeField field, Operation operation) {
        Multiplication products = new Multiplication(operation);
        BitShares bits = bits(vector, operation, "shares");
        ElementShares first = component(operation, field, bits, 0);
        ElementShares second = component(operation, field, bits, 1);
        ElementShares product = products.multiply(first, second);
        ElementShares low = first.plus(second).minus(product).minus(product);
        ElementShares third = component(operation, field, bits, 2);
        product = products.multiply(low, third);
        new Verification(operation, "dzkp").run();
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
}
