package io.veilflow.mpc.threshold.ecdsa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.veilflow.datasets.vectors.VectorFile;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.testing.Message;
import io.veilflow.mpc.testing.Outcome;
import io.veilflow.mpc.testing.SpecCase;
import io.veilflow.mpc.threshold.CurvePoint;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Presigning and signing, every message byte for byte, and every change that must end in an abort. */
class EcdsaVectorTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final JsonNode NODE = VectorFile.spec("frost").caseNamed("threshold ECDSA");

    private record Result(byte[] nonce, EcdsaSignature signature) {}

    private static Result sign(SpecCase vector, Operation operation) {
        CurvePoint key = CurvePoint.decode(
                        HEX.parseHex(vector.inputs().get("public_key").asText()))
                .orElseThrow();
        Presignature presignature = new Presigning(operation)
                .presign(
                        SpecCase.elements(
                                PrimeField.ZQ, operation.self(), vector.inputs().get("key_shares")),
                        1)
                .get(0);
        byte[] nonce = presignature.nonce().encoded();
        byte[] hash = HEX.parseHex(vector.inputs().get("h").asText());
        return new Result(
                nonce,
                new Signing(operation)
                        .sign(key, presignature, hash)
                        .orElseThrow(() -> new ProtocolAbortException(
                                ProtocolAbortException.Reason.CHECK_FAILED, null, operation.path())));
    }

    @Test
    @DisplayName("threshold ECDSA sends and gives what the specification's vector lists")
    void vector() {
        SpecCase vector = new SpecCase(NODE, Profile.M);
        for (Result result : vector.run(operation -> sign(vector, operation))) {
            assertEquals(vector.outputs().get("R").asText(), HEX.formatHex(result.nonce()));
            assertEquals(
                    vector.outputs().get("r").asText(),
                    HEX.formatHex(result.signature().r()));
            assertEquals(
                    vector.outputs().get("s").asText(),
                    HEX.formatHex(result.signature().s()));
            assertEquals(vector.outputs().get("v").asInt(), result.signature().v());
        }
    }

    @Test
    @DisplayName("G12: every listed change of one bit in presigning or signing is an abort of an honest party")
    void everyChange() {
        SpecCase vector = new SpecCase(NODE, Profile.M);
        int changes = 0;
        for (JsonNode change : NODE.get("must_abort")) {
            JsonNode message = NODE.get("messages").get(change.get("message").asInt());
            PartyId sender = PartyId.of(message.get(1).asInt());
            int bit = change.get("flip_bit").asInt();
            List<Outcome<Result>> outcomes = vector.world()
                    .withTamper(sent -> isThat(sent, message) ? flipped(sent.payload(), bit) : sent.payload())
                    .attempt(session ->
                            sign(vector, session.operation(NODE.get("path").asText())));
            assertHonestAbort(outcomes, sender, change.toString());
            changes++;
        }
        assertEquals(90, changes);
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

    private static void assertHonestAbort(List<Outcome<Result>> outcomes, PartyId sender, String what) {
        boolean noticed = false;
        for (Outcome<Result> outcome : outcomes) {
            if (outcome.party() != sender && outcome.failed()) {
                assertTrue(outcome.failure() instanceof ProtocolAbortException, () -> what + ": " + outcome.failure());
                ProtocolAbortException abort = (ProtocolAbortException) outcome.failure();
                assertTrue(abort.accused().filter(named -> named != sender).isEmpty(), what + ": " + abort);
                noticed = true;
            }
        }
        assertTrue(noticed, what + ": nobody noticed");
    }
}
