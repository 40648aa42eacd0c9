package io.veilflow.mpc.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.ledger.UnverifiedException;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.BitAnd;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.Multiplication;
import io.veilflow.mpc.replicated.Opening;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.ProtocolAbortException.Reason;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.testing.Clear;
import io.veilflow.mpc.testing.Message;
import io.veilflow.mpc.testing.Outcome;
import io.veilflow.mpc.testing.ThreePartyWorld;
import java.math.BigInteger;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** When a verification runs, what it needs and what it leaves behind. */
class VerificationLifecycleTest {
    private static final long SEED = 6;

    private final List<BitShares> bits =
            Clear.shareBits(Collections.nCopies(1000, BigInteger.ONE), 3, new Random(SEED));
    private final List<ElementShares> elements =
            Clear.shareFr(List.of(BigInteger.TWO, BigInteger.TEN, BigInteger.ONE), new Random(SEED));

    private static ThreePartyWorld world() {
        return ThreePartyWorld.seeded(SEED).withProfile(Profile.M);
    }

    private void multiply(Session session, String path) {
        Operation operation = session.operation(path);
        BitShares x = bits.get(session.self().index());
        new BitAnd(operation).and(x, x);
        ElementShares y = elements.get(session.self().index());
        new Multiplication(operation).multiply(y, y);
    }

    private static Set<String> challenges(ThreePartyWorld world) {
        return world.messages().stream()
                .filter(message ->
                        message.label().contains("/c/") || message.label().endsWith("/rho"))
                .map(message -> HexFormat.of().formatHex(message.payload()))
                .collect(Collectors.toSet());
    }

    @Test
    void nothingToVerifyIsNoMessage() {
        for (Profile profile : Profile.values()) {
            ThreePartyWorld world = world().withProfile(profile);
            world.run(session -> {
                new Verification(session.operation("empty"), "dzkp").run();
                return session.self();
            });
            assertEquals(List.of(), world.messages(), profile.name());
        }
    }

    @Test
    void profileSVerifiesNothing() {
        ThreePartyWorld world = world().withProfile(Profile.S);
        world.run(session -> {
            multiply(session, "products");
            new Verification(session.operation("check"), "dzkp").run();
            return session.self();
        });
        assertTrue(
                world.messages().stream().noneMatch(message -> message.label().startsWith("dzkp")));
    }

    @Test
    @DisplayName("C6: every verification has coins of its own, by name, by operation and by session")
    void coinsAreFresh() {
        ThreePartyWorld world = world();
        world.run(session -> {
            multiply(session, "first");
            new Verification(session.operation("first check"), "dzkp").run();
            multiply(session, "second");
            Operation check = session.operation("second check");
            new Verification(check, "dzkp").run();
            multiply(session, "third");
            new Verification(check, "again").run();
            return session.self();
        });
        Set<String> coins = new HashSet<>(challenges(world));
        long messages = world.messages().stream()
                .filter(message ->
                        message.label().contains("/c/") || message.label().endsWith("/rho"))
                .count();
        assertEquals(messages, coins.size());
        ThreePartyWorld other = ThreePartyWorld.seeded(SEED + 1).withProfile(Profile.M);
        other.run(session -> {
            multiply(session, "first");
            new Verification(session.operation("first check"), "dzkp").run();
            return session.self();
        });
        assertTrue(Collections.disjoint(coins, challenges(other)));
    }

    @Test
    @DisplayName("C6: a name serves one verification of an operation")
    void aNameServesOnce() {
        world().run(session -> {
            multiply(session, "first");
            Operation check = session.operation("check");
            new Verification(check, "dzkp").run();
            multiply(session, "second");
            assertThrows(IllegalStateException.class, () -> new Verification(check, "dzkp").run());
            return session.self();
        });
    }

    @Test
    @DisplayName("C7: nothing is opened before its products are verified; afterwards it is")
    void openingWaitsForVerification() {
        List<List<BigInteger>> opened = world().run(session -> {
            Operation operation = session.operation("square");
            ElementShares x = elements.get(session.self().index());
            ElementShares square = new Multiplication(operation).multiply(x, x);
            Opening opening = new Opening(session.operation("result"));
            assertThrows(UnverifiedException.class, () -> opening.open(square, "open"));
            new Verification(session.operation("check"), "dzkp").run();
            return Clear.values(opening.open(square, "open"));
        });
        for (List<BigInteger> values : opened) {
            assertEquals(List.of(BigInteger.valueOf(4), BigInteger.valueOf(100), BigInteger.ONE), values);
        }
    }

    @Test
    @DisplayName("C7: after a failed verification nothing of the session is opened, verified or sent any more")
    void aFailedVerificationCondemnsTheSession() {
        ThreePartyWorld world = world().withTamper(message -> {
            byte[] payload = message.payload().clone();
            payload[0] ^=
                    (byte) (message.from() == PartyId.P1 && message.label().equals("and") ? 1 : 0);
            return payload;
        });
        List<Outcome<Boolean>> outcomes = world.attempt(session -> {
            multiply(session, "products");
            Opening opening = new Opening(session.operation("result"));
            Verification second = new Verification(session.operation("second check"), "dzkp");
            ProtocolAbortException abort = assertThrows(
                    ProtocolAbortException.class, () -> new Verification(session.operation("check"), "dzkp").run());
            ElementShares x = elements.get(session.self().index());
            assertThrows(UnverifiedException.class, () -> opening.open(x, "open"));
            assertThrows(IllegalStateException.class, second::run);
            return abort.reason() == Reason.CHECK_FAILED;
        });
        assertTrue(outcomes.get(0).result(), "P0 checked P1");
        assertTrue(outcomes.get(2).result(), "P2 checked P1");
        assertTrue(
                world.messages().stream().noneMatch(message -> message.label().startsWith("open")));
    }

    @Test
    void roundsAndBytesAreThoseOfTheSpecification() {
        LockstepParties parties = new LockstepParties(SEED);
        parties.ands(1 << 14);
        parties.verify("dzkp");
        // 2^20 ANDs: 63 points, 8 levels of 7, 9 at the last; 9 challenges; 6 clear values; arrived, echo, 2 ok; 3
        // provers
        assertEquals(3 * (8 * (63 + 8 * 7 + 9 + 9 + 6) + 1 + 32 + 2), parties.bytes());
        assertEquals(2 * 9 + 5, Step.plan(AndStatement.sizeOf(1 << 14)).size());
    }

    @Test
    void largeLedgersAreVerifiedInPartsOneAfterAnother() {
        ThreePartyWorld world = world();
        world.run(session -> {
            multiply(session, "products");
            new Verification(session.operation("check"), "dzkp", new LedgerPart.Limits(20, 2)).run();
            assertTrue(session.operation("any").ledger().isSettled());
            return session.self();
        });
        // 48 words in three parts, three products in two
        Set<String> names = world.messages().stream()
                .map(Message::label)
                .filter(label -> label.endsWith("/clear"))
                .map(label -> label.substring(0, label.length() - "/0/clear".length()))
                .collect(Collectors.toSet());
        assertEquals(Set.of("dzkp/and", "dzkp/part/2/and", "dzkp/part/3/and", "dzkp/Fr", "dzkp/part/2/Fr"), names);
    }

    @Test
    @DisplayName("C3: a wrong product in any part is caught")
    void aWrongProductInALaterPart() {
        for (int gate : new int[] {0, 20 * 64 + 1, 41 * 64}) {
            ThreePartyWorld world = world().withTamper(message -> {
                byte[] payload = message.payload().clone();
                if (message.from() == PartyId.P2 && message.label().equals("and")) {
                    payload[gate / 8] ^= (byte) (1 << gate % 8);
                }
                return payload;
            });
            List<Outcome<PartyId>> outcomes = world.attempt(session -> {
                multiply(session, "products");
                new Verification(session.operation("check"), "dzkp", new LedgerPart.Limits(20, 2)).run();
                return session.self();
            });
            for (PartyId verifier : List.of(PartyId.P0, PartyId.P1)) {
                assertTrue(outcomes.get(verifier.index()).failed(), "gate " + gate + " " + verifier);
            }
        }
    }

    @Test
    void aPartHoldsWholeSumsAndAtLeastOne() {
        LockstepParties parties = new LockstepParties(SEED);
        parties.sums(PrimeField.P61, 3, 4, PartyId.P0);
        parties.cheap(PrimeField.P61, 5);
        parties.sums(PrimeField.P61, 1, 20, PartyId.P0);
        List<LedgerPart> parts = LedgerPart.of(parties.ledger(PartyId.P1), new LedgerPart.Limits(1, 9));
        assertEquals(
                List.of(
                        List.of(new ProductRun(false, 0, 2, 0, 4)),
                        List.of(new ProductRun(false, 2, 1, 8, 4), new ProductRun(true, 3, 5, 12, 1)),
                        List.of(new ProductRun(false, 8, 1, 17, 20))),
                parts.stream().map(part -> part.fields().get(0).runs()).toList());
        assertFalse(parts.stream().anyMatch(part -> part.words() > 0));
    }
}
