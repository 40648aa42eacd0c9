package io.veilflow.mpc.replicated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.veilflow.datasets.vectors.VectorFile;
import io.veilflow.mpc.field.FrVector;
import io.veilflow.mpc.field.Words;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.testing.Message;
import io.veilflow.mpc.testing.Outcome;
import io.veilflow.mpc.testing.SpecCase;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Openings byte for byte, and every listed bit flip ends in an abort. */
class OpeningVectorTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final VectorFile VECTORS = VectorFile.spec("open");

    @Test
    void anyBytes() {
        SpecCase vector = new SpecCase(VECTORS.caseNamed("open F_p61"));
        JsonNode shares = vector.inputs().get("shares");
        List<byte[]> missing = vector.run(operation -> new Opening(operation)
                .openBytes(
                        component(shares, operation.self()),
                        component(shares, operation.self().next()),
                        "open",
                        OpeningClass.VERIFIED));
        for (PartyId party : PartyId.values()) {
            String third = shares.get(party.previous().index()).asText();
            assertEquals(third, HEX.formatHex(missing.get(party.index())));
        }
    }

    private static byte[] component(JsonNode shares, PartyId holder) {
        return HEX.parseHex(shares.get(holder.index()).asText());
    }

    @Test
    void elementsOfFr() {
        SpecCase vector = new SpecCase(VECTORS.caseNamed("open Fr"));
        for (long[] opened : vector.run(operation -> new Opening(operation)
                .open(SpecCase.fr(operation.self(), vector.inputs().get("shares")), "open", OpeningClass.VERIFIED))) {
            assertEquals(vector.outputs().get("opened").asText(), HEX.formatHex(FrVector.encode(opened)));
        }
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
        return new Opening(operation).open(shares, "open", OpeningClass.VERIFIED);
    }

    @Test
    void everyFlippedBitIsCaught() {
        JsonNode node = VECTORS.caseNamed("open planes n=65");
        SpecCase vector = new SpecCase(node);
        for (JsonNode bad : node.get("must_abort")) {
            JsonNode target = node.get("messages").get(bad.get("message").asInt());
            List<Outcome<long[]>> outcomes = vector.world()
                    .withTamper(
                            message -> flip(message, target, bad.get("flip_bit").asInt()))
                    .attempt(session -> openPlanes(
                            vector, session.operation(node.get("path").asText())));
            assertTrue(
                    outcomes.stream()
                            .anyMatch(outcome -> outcome.failure() instanceof ProtocolAbortException abort
                                    && abort.reason() == ProtocolAbortException.Reason.HOLDERS_DISAGREE),
                    bad.toString());
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
