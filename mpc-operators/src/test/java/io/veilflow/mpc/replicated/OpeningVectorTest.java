package io.veilflow.mpc.replicated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.veilflow.datasets.vectors.VectorFile;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.field.Words;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.testing.Message;
import io.veilflow.mpc.testing.Outcome;
import io.veilflow.mpc.testing.SpecCase;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Openings byte for byte, and every listed bit flip ends in an abort. */
class OpeningVectorTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final VectorFile VECTORS = VectorFile.spec("open");

    @Test
    void elementsOfBothFields() {
        for (PrimeField field : List.of(PrimeField.P61, PrimeField.FR)) {
            SpecCase vector = new SpecCase(VECTORS.caseNamed("open " + field.label()), Profile.M);
            for (long[] opened : vector.run(operation -> new Opening(operation)
                    .open(
                            SpecCase.elements(
                                    field, operation.self(), vector.inputs().get("shares")),
                            "open"))) {
                assertEquals(vector.outputs().get("opened").asText(), HEX.formatHex(field.encode(opened)));
            }
        }
    }

    @Test
    void inputHashes() {
        SpecCase vector = new SpecCase(VECTORS.caseNamed("input hashes"), Profile.M);
        vector.run(operation -> {
            compareInputs(vector, operation);
            return operation.path();
        });
    }

    private static void compareInputs(SpecCase vector, Operation operation) {
        JsonNode components = vector.inputs().get("components");
        new InputAgreement(operation)
                .compare(
                        component(components, operation.self()),
                        component(components, operation.self().next()));
    }

    private static byte[] component(JsonNode components, PartyId holder) {
        return HEX.parseHex(components.get(holder.index()).asText());
    }

    @Test
    void planesAreCutByThePublicMask() {
        for (JsonNode node : VECTORS.casesNamed("open planes")) {
            SpecCase vector = new SpecCase(node);
            for (long[] opened : vector.run(operation -> openPlanes(vector, operation))) {
                assertEquals(SpecCase.hex(vector.outputs().get("opened")), HEX.formatHex(Words.encode(opened)));
            }
        }
    }

    private static long[] openPlanes(SpecCase vector, Operation operation) {
        int lanes = vector.inputs().get("n").asInt();
        BitShares shares = SpecCase.bits(operation.self(), vector.inputs().get("shares"), lanes);
        return new Opening(operation).open(shares, "open");
    }

    @Test
    @DisplayName("C3: every listed bit flip in an opening or an input comparison is seen by an honest party")
    void everyFlippedBitIsCaught() {
        for (int lanes : new int[] {1, 63, 64, 65}) {
            SpecCase vector = new SpecCase(VECTORS.caseNamed("open planes n=" + lanes));
            assertFlipsAreCaught(
                    VECTORS.caseNamed("open planes n=" + lanes), operation -> openPlanes(vector, operation));
        }
        for (PrimeField field : List.of(PrimeField.P61, PrimeField.FR)) {
            JsonNode node = VECTORS.caseNamed("open " + field.label());
            assertFlipsAreCaught(node, operation -> new Opening(operation)
                    .open(
                            SpecCase.elements(
                                    field, operation.self(), node.get("inputs").get("shares")),
                            "open"));
        }
        SpecCase vector = new SpecCase(VECTORS.caseNamed("input hashes"));
        assertFlipsAreCaught(VECTORS.caseNamed("input hashes"), operation -> {
            compareInputs(vector, operation);
            return operation.path();
        });
    }

    private static <T> void assertFlipsAreCaught(JsonNode node, Function<Operation, T> protocol) {
        for (JsonNode bad : node.get("must_abort")) {
            JsonNode target = node.get("messages").get(bad.get("message").asInt());
            List<Outcome<T>> outcomes = new SpecCase(node, Profile.M)
                    .world()
                    .withTamper(
                            message -> flip(message, target, bad.get("flip_bit").asInt()))
                    .attempt(session ->
                            protocol.apply(session.operation(node.get("path").asText())));
            assertTrue(
                    outcomes.stream().anyMatch(outcome -> outcome.failure() instanceof ProtocolAbortException),
                    node.get("name") + ": " + bad);
        }
    }

    private static byte[] flip(Message message, JsonNode target, int bit) {
        byte[] payload = message.payload().clone();
        if (message.from().index() == target.get(1).asInt()
                && message.to().index() == target.get(2).asInt()
                && message.label().equals(target.get(3).asText())) {
            payload[bit / 8] ^= (byte) (1 << bit % 8);
        }
        return payload;
    }
}
