package io.veilflow.pipeline.prove;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.veilflow.datasets.vectors.VectorFile;
import io.veilflow.mpc.field.FrVector;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.testing.Message;
import io.veilflow.mpc.testing.Outcome;
import io.veilflow.mpc.testing.SpecCase;
import io.veilflow.mpc.testing.ThreePartyWorld;
import io.veilflow.zk.field.ScalarField;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The row check of the executable specification, byte for byte, with the verification of profile M between. */
class RowCheckVectorTest {
    private static final JsonNode NODE = VectorFile.spec("joint").caseNamed("row check as one verified dot product");
    private static final SpecCase CASE = new SpecCase(NODE, Profile.M);

    private static boolean check(Operation operation, int wrongWire) {
        ElementShares wires = SpecCase.fr(operation.self(), CASE.inputs().get("wires"));
        if (wrongWire >= 0) {
            ElementShares one = ElementShares.ofPublic(PrimeField.FR, operation.self(), 1, element(BigInteger.ONE));
            ElementShares changed = wires.slice(wrongWire, 1).plus(one);
            wires = ElementShares.concat(
                    PrimeField.FR,
                    List.of(
                            wires.slice(0, wrongWire),
                            changed,
                            wires.slice(wrongWire + 1, wires.count() - wrongWire - 1)));
        }
        SessionRowCheck check = new SessionRowCheck(operation, "rows");
        BigInteger q = ScalarField.decode(check.openCoin());
        List<ElementShares> x = new ArrayList<>();
        List<ElementShares> y = new ArrayList<>();
        ElementShares rest = ElementShares.zeros(PrimeField.FR, 1);
        BigInteger power = BigInteger.ONE;
        for (JsonNode row : CASE.inputs().get("rows")) {
            x.add(sum(wires, row.get(0)).times(element(power)));
            y.add(sum(wires, row.get(1)));
            rest = rest.plus(sum(wires, row.get(2)).times(element(power)));
            power = power.multiply(q).mod(ScalarField.MODULUS);
        }
        return check.holds(
                SessionProvingEngine.encode(ElementShares.concat(PrimeField.FR, x)),
                SessionProvingEngine.encode(ElementShares.concat(PrimeField.FR, y)),
                SessionProvingEngine.encode(rest));
    }

    private static ElementShares sum(ElementShares wires, JsonNode terms) {
        ElementShares sum = ElementShares.zeros(PrimeField.FR, 1);
        for (Iterator<Map.Entry<String, JsonNode>> each = terms.fields(); each.hasNext(); ) {
            Map.Entry<String, JsonNode> term = each.next();
            BigInteger coefficient = new BigInteger(term.getValue().asText()).mod(ScalarField.MODULUS);
            sum = sum.plus(wires.slice(Integer.parseInt(term.getKey()), 1).times(element(coefficient)));
        }
        return sum;
    }

    private static long[] element(BigInteger value) {
        return FrVector.decode(ScalarField.encode(value));
    }

    @Test
    void everyMessageIsTheSpecifications() {
        assertEquals(List.of(true, true, true), CASE.run(operation -> check(operation, -1)));
    }

    /** The specification's own cases: one bit of one message, and no party may come to a verdict that is not the right one. */
    @Test
    @DisplayName("C1, C3: the row check with one changed bit of any message: no wrong verdict, and somebody aborts")
    void everyListedChangeAborts() {
        for (JsonNode change : NODE.get("must_abort")) {
            JsonNode changed = NODE.get("messages").get(change.get("message").asInt());
            int bit = change.get("flip_bit").asInt();
            List<Outcome<Boolean>> outcomes = CASE.world()
                    .withTamper(message -> isAt(changed, message) ? flipped(message.payload(), bit) : message.payload())
                    .attempt(session -> check(session.operation(NODE.get("path").asText()), -1));
            assertTrue(outcomes.stream().anyMatch(Outcome::failed), () -> "nobody aborted: " + change);
            outcomes.stream()
                    .filter(outcome -> !outcome.failed())
                    .forEach(outcome -> assertTrue(outcome.result(), () -> "a wrong verdict: " + change));
        }
    }

    private static boolean isAt(JsonNode listed, Message message) {
        return listed.get(1).asInt() == message.from().index()
                && listed.get(2).asInt() == message.to().index()
                && listed.get(3).asText().equals(message.label());
    }

    private static byte[] flipped(byte[] payload, int bit) {
        byte[] out = payload.clone();
        out[bit / 8] ^= (byte) (1 << bit % 8);
        return out;
    }

    @Test
    void everyWrongWireIsFound() {
        for (int wire = 1; wire <= 5; wire++) {
            int wrong = wire;
            ThreePartyWorld world = ThreePartyWorld.seeded(wire).withProfile(Profile.M);
            for (boolean satisfied : world.run(session -> check(session.operation("rows"), wrong))) {
                assertFalse(satisfied, "wire " + wire);
            }
        }
    }

    @Test
    void aChangedOpeningAborts() {
        ThreePartyWorld world = ThreePartyWorld.seeded(3).withProfile(Profile.M).withTamper(message -> {
            byte[] payload = message.payload().clone();
            if (message.from() == PartyId.P2 && message.label().equals("rows/tv")) {
                payload[31] ^= 1;
            }
            return payload;
        });
        List<Outcome<Boolean>> outcomes = world.attempt(session -> check(session.operation("rows"), -1));
        Outcome<Boolean> receiver = outcomes.get(0);
        assertEquals(
                ProtocolAbortException.Reason.HOLDERS_DISAGREE, ((ProtocolAbortException) receiver.failure()).reason());
    }
}
