package io.veilflow.mpc.replicated;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.field.FrVector;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.testing.Clear;
import io.veilflow.mpc.testing.Outcome;
import io.veilflow.mpc.testing.Tamper;
import io.veilflow.mpc.testing.ThreePartyWorld;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One party changes what it sends in an opening: the receiver aborts, and nobody takes a wrong value. */
class OpeningAdversaryTest {
    private static final BigInteger SECRET = BigInteger.valueOf(1234567);

    private final List<ElementShares> x = Clear.shareFr(List.of(SECRET, BigInteger.ONE), new Random(6));

    private List<Outcome<long[]>> open(Tamper tamper) {
        return ThreePartyWorld.seeded(6).withTamper(tamper).attempt(session -> new Opening(session.operation("result"))
                .open(x.get(session.self().index()), "open"));
    }

    private static void assertAborts(Outcome<long[]> outcome, Reason reason) {
        assertTrue(outcome.failure() instanceof ProtocolAbortException, String.valueOf(outcome.failure()));
        ProtocolAbortException abort = (ProtocolAbortException) outcome.failure();
        assertEquals(reason, abort.reason());
        assertTrue(!abort.getMessage().contains(SECRET.toString()));
    }

    @Test
    void aChangedButWellFormedComponentIsCaughtByTheOtherHolder() {
        for (PartyId cheater : PartyId.values()) {
            List<Outcome<long[]>> outcomes = open(message -> {
                if (message.from() != cheater || !message.label().equals("open")) {
                    return message.payload();
                }
                long[] component = FrVector.decode(message.payload());
                return FrVector.encode(FrVector.add(component, Clear.fr(List.of(BigInteger.ONE, BigInteger.ZERO))));
            });
            assertAborts(outcomes.get(cheater.next().index()), Reason.HOLDERS_DISAGREE);
            for (Outcome<long[]> outcome : outcomes) {
                if (!outcome.failed()) {
                    assertEquals(SECRET, Clear.values(outcome.result()).get(0));
                }
            }
        }
    }

    @Test
    void aChangedHashIsAnAbortAsWell() {
        for (PartyId cheater : PartyId.values()) {
            List<Outcome<long[]>> outcomes = open(message -> {
                byte[] payload = message.payload().clone();
                if (message.from() == cheater && message.label().equals("open/hash")) {
                    payload[31] ^= 1;
                }
                return payload;
            });
            assertAborts(outcomes.get(cheater.previous().index()), Reason.HOLDERS_DISAGREE);
        }
    }

    @Test
    void aProductAboveTheModulusIsRefusedAndItsSenderNamed() {
        List<Outcome<ElementShares>> outcomes = ThreePartyWorld.seeded(6)
                .withTamper(message -> {
                    byte[] payload = message.payload().clone();
                    if (message.from() == PartyId.P1) {
                        payload[0] = (byte) 0xff;
                    }
                    return payload;
                })
                .attempt(session -> {
                    ElementShares mine = x.get(session.self().index());
                    return new Multiplication(session.operation("square")).multiply(mine, mine);
                });
        ProtocolAbortException abort = (ProtocolAbortException) outcomes.get(0).failure();
        assertEquals(Reason.NOT_CANONICAL, abort.reason());
        assertEquals(PartyId.P1, abort.accused().orElseThrow());
    }

    @Test
    void aMessageOfAnotherLengthNamesItsSender() {
        List<Outcome<long[]>> outcomes =
                open(message -> message.from() == PartyId.P2 && message.label().equals("open")
                        ? Arrays.copyOf(message.payload(), 65)
                        : message.payload());
        assertAborts(outcomes.get(0), Reason.LENGTH);
        ProtocolAbortException abort = (ProtocolAbortException) outcomes.get(0).failure();
        assertEquals(PartyId.P2, abort.accused().orElseThrow());
    }

    @Test
    void anUntouchedRunOpens() {
        for (Outcome<long[]> outcome : open(Tamper.NONE)) {
            assertArrayEquals(Clear.fr(List.of(SECRET, BigInteger.ONE)), outcome.result());
        }
    }
}
