package io.veilflow.mpc.replicated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.ledger.UnverifiedException;
import io.veilflow.mpc.replicated.convert.BitsToField;
import io.veilflow.mpc.replicated.convert.BitsToNumber;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.testing.Clear;
import io.veilflow.mpc.testing.Outcome;
import io.veilflow.mpc.testing.ThreePartyWorld;
import io.veilflow.mpc.verification.Verification;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What may be opened while a product of the session is unverified: nothing but coins and uniformly masked bits. The wrong call
 * ends in an exception at all three parties, before anything of the opening is sent.
 */
class UnverifiedOpeningTest {
    private static final long SEED = 64;
    private static final List<PrimeField> FIELDS = List.of(PrimeField.P61, PrimeField.FR);

    private final Random random = new Random(SEED);
    private final ThreePartyWorld world = ThreePartyWorld.seeded(SEED).withProfile(Profile.M);
    private final List<BitShares> bits =
            Clear.shareBits(List.of(BigInteger.ONE, BigInteger.ZERO, BigInteger.TWO), 2, random);
    private final List<ElementShares> fr = Clear.shareFr(List.of(BigInteger.TWO, BigInteger.TEN), random);
    private final List<ElementShares> p61 =
            Clear.share(PrimeField.P61, List.of(BigInteger.TWO, BigInteger.TEN), random);

    private static <T> T mine(List<T> views, Session session) {
        return views.get(session.self().index());
    }

    private ElementShares elements(PrimeField field, Session session) {
        return mine(field == PrimeField.FR ? fr : p61, session);
    }

    /** Every way to make a product, each at a path of its own. */
    private Map<String, Consumer<Session>> products() {
        Map<String, Consumer<Session>> out = new LinkedHashMap<>();
        out.put("AND", session -> new BitAnd(session.operation("and")).and(mine(bits, session), mine(bits, session)));
        for (PrimeField field : FIELDS) {
            out.put("product over " + field.label(), session -> new Multiplication(session.operation("mul"))
                    .multiply(elements(field, session), elements(field, session)));
            out.put("inner product over " + field.label(), session -> new DotProduct(session.operation("dot"))
                    .dot(elements(field, session), elements(field, session), "dot"));
            out.put("bit to " + field.label(), session -> new BitsToField(session.operation("bit"), field)
                    .convert(mine(bits, session)));
            out.put("number to " + field.label(), session -> new BitsToNumber(session.operation("number"), field)
                    .convert(mine(bits, session)));
        }
        return out;
    }

    /** Every way to open what is not masked uniformly, none of a value that has to do with the products above. */
    private Map<String, Consumer<Session>> openings() {
        Map<String, Consumer<Session>> out = new LinkedHashMap<>();
        out.put("bits", session -> new Opening(session.operation("open")).open(mine(bits, session), "open"));
        for (PrimeField field : FIELDS) {
            out.put("elements of " + field.label(), session -> new Opening(session.operation("open"))
                    .open(elements(field, session), "open"));
        }
        return out;
    }

    @Test
    @DisplayName("C7: no value is opened while any product of the session, of any operation, is unverified")
    void everyOpeningIsRefusedAfterEveryProduct() {
        products().forEach((product, make) -> openings().forEach((opening, open) -> {
            List<Outcome<Object>> outcomes = world.attempt(session -> {
                make.accept(session);
                open.accept(session);
                return opening;
            });
            for (Outcome<Object> outcome : outcomes) {
                assertInstanceOf(UnverifiedException.class, outcome.failure(), opening + " after " + product);
            }
            assertTrue(
                    world.messages().stream()
                            .noneMatch(message -> message.path().equals("open")),
                    "nothing of it was sent: " + opening + " after " + product);
        }));
    }

    @Test
    void everyOpeningGoesAheadAfterAVerification() {
        products().forEach((product, make) -> openings().forEach((opening, open) -> {
            List<String> results = world.run(session -> {
                make.accept(session);
                new Verification(session.operation("verify"), "dzkp").run();
                open.accept(session);
                return opening;
            });
            assertEquals(List.of(opening, opening, opening), results);
        }));
    }

    @Test
    void oneProductAfterTheVerificationIsEnoughForARefusal() {
        products().forEach((product, make) -> {
            List<Outcome<Object>> outcomes = world.attempt(session -> {
                new BitAnd(session.operation("before")).and(mine(bits, session), mine(bits, session));
                new Verification(session.operation("verify"), "dzkp").run();
                make.accept(session);
                return new Opening(session.operation("open")).open(mine(bits, session), "open");
            });
            for (Outcome<Object> outcome : outcomes) {
                assertInstanceOf(UnverifiedException.class, outcome.failure(), product);
            }
        });
    }

    /** The cheaper first product alone: P_2 only receives it, and still will not open. */
    @Test
    void theCheaperFirstProductCountsAtAllThree() {
        for (PrimeField field : FIELDS) {
            List<List<String>> entered = world.run(session -> {
                new BitsToField(session.operation("bit"), field).convert(mine(bits, session));
                List<String> segments = new ArrayList<>();
                session.operation("look")
                        .ledger()
                        .products(field)
                        .segments()
                        .forEach(segment ->
                                segments.add(segment.cheap() + " " + segment.statements() + " " + segment.terms()));
                return segments;
            });
            for (List<String> one : entered) {
                assertEquals(List.of("true 6 1", "false 6 1"), one);
            }
        }
    }

    @Test
    @DisplayName("C6: coins may be opened while products are unverified, and no coin comes twice")
    void coinsGoAhead() {
        for (PrimeField field : FIELDS) {
            List<List<BigInteger>> coins = world.run(session -> {
                new BitAnd(session.operation("and")).and(mine(bits, session), mine(bits, session));
                PublicCoins drawn = new PublicCoins(session.operation("coins"));
                List<BigInteger> out = new ArrayList<>(Clear.values(field, drawn.elements(field, 2, "q")));
                out.addAll(Clear.values(field, drawn.elements(field, 2, "q")));
                out.addAll(
                        Clear.values(field, new PublicCoins(session.operation("other coins")).elements(field, 2, "q")));
                return out;
            });
            assertEquals(coins.get(0), coins.get(1));
            assertEquals(coins.get(0), coins.get(2));
            assertEquals(6, coins.get(0).stream().distinct().count());
        }
    }

    @Test
    void uniformlyMaskedBitsGoAheadAndTheirResultDoesNot() {
        for (PrimeField field : FIELDS) {
            Function<Session, ElementShares> number = session -> {
                new BitAnd(session.operation("and")).and(mine(bits, session), mine(bits, session));
                return new BitsToNumber(session.operation("number"), field).convert(mine(bits, session));
            };
            assertEquals(List.of(BigInteger.ONE, BigInteger.ZERO, BigInteger.TWO), Clear.open(world.run(number)));
            List<Outcome<Object>> outcomes = world.attempt(
                    session -> new Opening(session.operation("open")).open(number.apply(session), "open"));
            for (Outcome<Object> outcome : outcomes) {
                assertInstanceOf(UnverifiedException.class, outcome.failure());
            }
        }
    }

    @Test
    void profileSHasNothingToVerify() {
        products().forEach((product, make) -> {
            List<Boolean> settled = world.withProfile(Profile.S).run(session -> {
                make.accept(session);
                return session.operation("look").ledger().isSettled();
            });
            assertEquals(List.of(true, true, true), settled, product);
        });
    }
}
