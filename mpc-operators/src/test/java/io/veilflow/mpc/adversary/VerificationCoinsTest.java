package io.veilflow.mpc.adversary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.Multiplication;
import io.veilflow.mpc.replicated.Opening;
import io.veilflow.mpc.replicated.PublicCoins;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.testing.Clear;
import io.veilflow.mpc.testing.LinkControl;
import io.veilflow.mpc.testing.Message;
import io.veilflow.mpc.testing.Outcome;
import io.veilflow.mpc.testing.ThreePartyWorld;
import io.veilflow.mpc.verification.Verification;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Coins and polynomials of the checks: never the same coin twice, never a polynomial of another degree. */
class VerificationCoinsTest {
    private static final long SEED = 20261124;
    private static final List<BigInteger> VALUES =
            List.of(BigInteger.TWO, BigInteger.TEN, BigInteger.ZERO, BigInteger.ONE, BigInteger.TEN);

    private final List<ElementShares> shares = Clear.shareFr(VALUES, new Random(SEED));

    @Test
    @DisplayName(
            "C6: weights, challenges and public coins are fresh for every check, session and attempt on the same values")
    void noCoinComesTwice() {
        Set<String> coins = new HashSet<>();
        int drawn = 0;
        for (long attempt = 0; attempt < 3; attempt++) {
            ThreePartyWorld world = ThreePartyWorld.seeded(SEED + attempt).withProfile(Profile.M);
            List<long[]> opened = world.run(this::twoChecks);
            coins.add(Arrays.toString(opened.get(0)));
            drawn++;
            for (Message message : world.messages()) {
                if (message.label().endsWith("/rho") || message.label().contains("/c/")) {
                    coins.add(HexFormat.of().formatHex(message.payload()));
                    drawn++;
                }
            }
        }
        assertTrue(drawn > 3 * 2 * 3, "seeds and challenges of three provers in two checks an attempt: " + drawn);
        assertEquals(drawn, coins.size());
    }

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
                        .attempt(this::twoChecks);
                PartyId verifier = liar.previous();
                ProtocolAbortException abort = assertInstanceOf(
                        ProtocolAbortException.class,
                        outcomes.get(verifier.index()).failure());
                assertEquals(Reason.LENGTH, abort.reason());
                assertEquals(liar, abort.accused().orElseThrow());
            }
        }
    }

    /** The same products twice, each time verified, then a coin. */
    private long[] twoChecks(Session session) {
        ElementShares mine = shares.get(session.self().index());
        Operation operation = session.operation("products");
        for (String name : List.of("first", "second")) {
            ElementShares product = new Multiplication(operation).multiply(mine, mine);
            new Verification(operation, name).run();
            new Opening(operation).open(product, name);
        }
        return new PublicCoins(session.operation("coin")).elements(PrimeField.FR, 1, "coin");
    }
}
