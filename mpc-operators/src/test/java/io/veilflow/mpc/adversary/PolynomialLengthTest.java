package io.veilflow.mpc.adversary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.Multiplication;
import io.veilflow.mpc.replicated.Opening;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.testing.Clear;
import io.veilflow.mpc.testing.LinkControl;
import io.veilflow.mpc.testing.Outcome;
import io.veilflow.mpc.testing.ThreePartyWorld;
import io.veilflow.mpc.verification.Verification;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Polynomials of the proofs have the degree that their place in the protocol gives them, and no other. */
class PolynomialLengthTest {
    private static final long SEED = 20261124;
    private static final List<BigInteger> VALUES =
            List.of(BigInteger.TWO, BigInteger.TEN, BigInteger.ZERO, BigInteger.ONE, BigInteger.TEN);

    private final List<ElementShares> shares = Clear.shareFr(VALUES, new Random(SEED));

    @Test
    @DisplayName("C14: a polynomial with a point too many or too few is refused by its length, and its sender is named")
    void aPolynomialHasExactlyItsPoints() {
        for (PartyId liar : PartyId.values()) {
            for (int change : new int[] {-1, 1}) {
                Attack attack = new Attack() {
                    @Override
                    public void send(Outgoing message, LinkControl links) {
                        int length = message.payload().length + change * PrimeField.FR.bytes();
                        boolean points = message.label().contains("/Fr/" + liar.index() + "/G/");
                        message.send(points ? Arrays.copyOf(message.payload(), length) : message.payload());
                    }
                };
                List<Outcome<long[]>> outcomes = ThreePartyWorld.seeded(SEED)
                        .withProfile(Profile.M)
                        .withCorrupted(liar, (honest, links) -> new CorruptSession(honest, links, attack))
                        .attempt(this::verifiedProduct);
                PartyId verifier = liar.previous();
                ProtocolAbortException abort = assertInstanceOf(
                        ProtocolAbortException.class,
                        outcomes.get(verifier.index()).failure());
                assertEquals(Reason.LENGTH, abort.reason());
                assertEquals(liar, abort.accused().orElseThrow());
            }
        }
    }

    private long[] verifiedProduct(Session session) {
        ElementShares mine = shares.get(session.self().index());
        Operation operation = session.operation("products");
        ElementShares product = new Multiplication(operation).multiply(mine, mine);
        new Verification(operation, "dzkp").run();
        return new Opening(operation).open(product, "product");
    }
}
