package io.veilflow.mpc.replicated.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.field.FrVector;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.Multiplication;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.testing.Clear;
import io.veilflow.mpc.testing.Message;
import io.veilflow.mpc.testing.Outcome;
import io.veilflow.mpc.testing.Tamper;
import io.veilflow.mpc.testing.ThreePartyWorld;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A party adds 2^200 to a product and lets it be multiplied by a secret: opened under a mask of 2^144 the sum would show the
 * secret (PROTOCOLS 4.2). The verification before every such opening ends the session instead.
 */
class BlindedOpeningAdversaryTest {
    private static final BigInteger SECRET = BigInteger.valueOf(77);
    private static final BigInteger ERROR = BigInteger.ONE.shiftLeft(200);

    private final Random random = new Random(9);
    private final List<ElementShares> zero = Clear.shareFr(List.of(BigInteger.ZERO), random);
    private final List<ElementShares> secret = Clear.shareFr(List.of(SECRET), random);

    /** (0 * 0) * secret: zero unless somebody lied in the first product. The liar goes on with what it sent. */
    private ElementShares product(Session session, PartyId cheater) {
        int self = session.self().index();
        ElementShares first = new Multiplication(session.operation("first")).multiply(zero.get(self), zero.get(self));
        if (session.self() == cheater) {
            first = new ElementShares(PrimeField.FR, 1, shifted(first.own()), first.next());
        }
        return new Multiplication(session.operation("second")).multiply(first, secret.get(self));
    }

    private static long[] shifted(long[] element) {
        return FrVector.add(element, Clear.fr(List.of(ERROR)));
    }

    private Map<String, Function<Session, Object>> openings(PartyId cheater) {
        return Map.of(
                "bits",
                session -> FieldToBits.forLanes(session.operation("blinded"), 1).all(product(session, cheater), 64),
                "truncation",
                session -> new Truncation(session.operation("blinded")).truncate(product(session, cheater), 8, 64),
                "inverse",
                session -> new Inversion(session.operation("blinded")).invert(product(session, cheater)));
    }

    private static Tamper lie(PartyId cheater) {
        return message -> message.from() == cheater && message.path().equals("first")
                ? FrVector.encode(shifted(FrVector.decode(message.payload())))
                : message.payload();
    }

    @Test
    @DisplayName("C3: what a lie would lift above a statistical mask is not opened: the verification comes first")
    void theLieIsFoundBeforeAnythingIsOpened() {
        for (PartyId cheater : PartyId.values()) {
            openings(cheater).forEach((name, program) -> {
                ThreePartyWorld world =
                        ThreePartyWorld.seeded(9).withProfile(Profile.M).withTamper(lie(cheater));
                List<Outcome<Object>> outcomes = world.attempt(program);
                assertTrue(
                        world.messages().stream().noneMatch(message -> message.from() != cheater && opens(message)),
                        name);
                for (Outcome<Object> outcome : outcomes) {
                    if (outcome.party() != cheater) {
                        ProtocolAbortException abort =
                                assertInstanceOf(ProtocolAbortException.class, outcome.failure(), name);
                        assertTrue(abort.accused().isEmpty(), name);
                    }
                }
                assertTrue(
                        outcomes.stream()
                                .anyMatch(outcome -> outcome.failure() instanceof ProtocolAbortException abort
                                        && abort.reason() == Reason.CHECK_FAILED),
                        name);
            });
        }
    }

    private static boolean opens(Message message) {
        return message.label().startsWith("open/");
    }

    /** The reason for all of it: profile S verifies nothing, and there the lie shows the secret to the liar. */
    @Test
    void withoutVerificationTheLieShowsTheSecret() {
        ThreePartyWorld world = ThreePartyWorld.seeded(9).withTamper(lie(PartyId.P1));
        world.attempt(openings(PartyId.P1).get("truncation"));
        BigInteger opened = BigInteger.ZERO;
        for (PartyId party : PartyId.values()) {
            byte[] component = world.messages().stream()
                    .filter(message ->
                            message.label().equals("open/c") && message.from().equals(party))
                    .findFirst()
                    .orElseThrow()
                    .payload();
            opened = opened.add(Clear.values(FrVector.decode(component)).get(0));
        }
        assertEquals(SECRET, opened.mod(Clear.R).shiftRight(200));
    }
}
