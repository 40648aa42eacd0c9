package io.veilflow.mpc.replicated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.field.FrVector;
import io.veilflow.mpc.field.NotCanonicalException;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.testing.Clear;
import io.veilflow.mpc.testing.ThreePartyWorld;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Local operations, products and openings of shares against plain integers, at sizes 0, 1, 63, 64, 65. */
class SharesProtocolTest {
    private static final long SEED = 41;
    private static final int[] SIZES = {0, 1, 63, 64, 65};

    private final Random random = new Random(SEED);
    private final ThreePartyWorld world = ThreePartyWorld.seeded(SEED);

    private List<BigInteger> values(int count) {
        List<BigInteger> out = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            out.add(
                    switch (k % 4) {
                        case 0 -> BigInteger.ZERO;
                        case 1 -> Clear.R.subtract(BigInteger.ONE);
                        case 2 -> BigInteger.ONE;
                        default -> new BigInteger(250, random);
                    });
        }
        return out;
    }

    private static List<BigInteger> each(List<BigInteger> a, Function<Integer, BigInteger> f) {
        List<BigInteger> out = new ArrayList<>();
        for (int k = 0; k < a.size(); k++) {
            out.add(f.apply(k).mod(Clear.R));
        }
        return out;
    }

    @Test
    void productsAndInnerProducts() {
        for (int size : SIZES) {
            List<BigInteger> a = values(size);
            List<BigInteger> b = values(size);
            Collections.shuffle(b, random);
            List<ElementShares> x = Clear.shareFr(a, random);
            List<ElementShares> y = Clear.shareFr(b, random);
            List<ElementShares> products = world.run(session ->
                    new Multiplication(session.operation("products")).multiply(mine(x, session), mine(y, session)));
            assertEquals(each(a, k -> a.get(k).multiply(b.get(k))), Clear.openFr(products), "size " + size);
            List<ElementShares> sums = world.run(
                    session -> new DotProduct(session.operation("sum")).dot(mine(x, session), mine(y, session), "mul"));
            BigInteger sum = BigInteger.ZERO;
            for (int k = 0; k < size; k++) {
                sum = sum.add(a.get(k).multiply(b.get(k)));
            }
            assertEquals(List.of(sum.mod(Clear.R)), Clear.openFr(sums), "size " + size);
            assertTrue(world.rounds() <= 1);
        }
    }

    @Test
    void sumsOfNothingAreZeroAndNeedNoMessageAndNoVerification() {
        for (PrimeField field : List.of(PrimeField.P61, PrimeField.FR)) {
            ElementShares none = ElementShares.zeros(field, 0);
            ThreePartyWorld recording = world.withProfile(Profile.M);
            List<ElementShares> sums = recording.run(session -> {
                ElementShares out = new DotProduct(session.operation("sums")).dots(none, none, 2, "dot");
                assertTrue(session.operation("look").ledger().isSettled());
                return out;
            });
            assertEquals(List.of(BigInteger.ZERO, BigInteger.ZERO), Clear.open(sums));
            assertTrue(recording.messages().isEmpty());
        }
    }

    private static <T> T mine(List<T> views, Session session) {
        return views.get(session.self().index());
    }

    @Test
    void localOperationsNeedNoMessage() {
        List<BigInteger> a = values(65);
        List<BigInteger> b = values(65);
        long[] clear = Clear.fr(b);
        List<ElementShares> x = Clear.shareFr(a, random);
        List<ElementShares> results = world.run(session -> mine(x, session)
                .plus(mine(x, session))
                .minus(ElementShares.ofPublic(PrimeField.FR, session.self(), 65, clear))
                .times(Clear.fr(List.of(BigInteger.TEN)))
                .plusPublic(session.self(), clear));
        assertTrue(world.messages().isEmpty());
        assertEquals(
                each(a, k -> a.get(k)
                        .shiftLeft(1)
                        .subtract(b.get(k))
                        .multiply(BigInteger.TEN)
                        .add(b.get(k))),
                Clear.openFr(results));
        List<ElementShares> sums =
                world.run(session -> mine(x, session).sum().times(Clear.fr(List.of(BigInteger.TEN))));
        BigInteger total = a.stream().reduce(BigInteger.ZERO, BigInteger::add).multiply(BigInteger.TEN);
        assertEquals(List.of(total.mod(Clear.R)), Clear.openFr(sums));
    }

    @Test
    void openingsGiveTheValueToAll() {
        for (int size : SIZES) {
            List<BigInteger> a = values(size);
            List<ElementShares> x = Clear.shareFr(a, random);
            List<long[]> opened =
                    world.run(session -> new Opening(session.operation("open")).open(mine(x, session), "open"));
            for (long[] one : opened) {
                assertEquals(each(a, a::get), Clear.values(one), "size " + size);
            }
        }
    }

    @Test
    void sharesOfTwoFieldsDoNotMixEvenIfTheirWordsFit() {
        ElementShares one = ElementShares.zeros(PrimeField.FR, 1);
        ElementShares four = ElementShares.zeros(PrimeField.P61, 4);
        assertThrows(IllegalArgumentException.class, () -> one.plus(four));
        assertThrows(IllegalArgumentException.class, () -> four.minus(one));
        assertThrows(IllegalArgumentException.class, () -> ElementShares.concat(PrimeField.FR, List.of(one, four)));
        AssertionError refused = assertThrows(
                AssertionError.class,
                () -> world.run(session -> new Multiplication(session.operation("mixed")).multiply(one, four)));
        assertEquals(IllegalArgumentException.class, refused.getCause().getClass());
    }

    @Test
    void integersAreTheSameValueModR() {
        List<BigInteger> a =
                List.of(BigInteger.ZERO, BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE), BigInteger.valueOf(-7));
        List<IntegerShares> x = Clear.shareIntegers(a, random);
        List<ElementShares> lifted = world.run(session -> mine(x, session).toFr());
        assertEquals(each(a, a::get), Clear.openFr(lifted));
    }

    @Test
    void randomSharesAgreeAndDiffer() {
        List<ElementShares> values =
                world.run(session -> new RandomShares(session.operation("random")).elements(PrimeField.FR, 65));
        assertEquals(65, Clear.openFr(values).stream().distinct().count());
    }

    @Test
    void encodedSharesAreCanonical() {
        List<ElementShares> x = Clear.shareFr(values(5), random);
        ElementShares back = ElementShares.fromBytes(
                PrimeField.FR, x.get(0).ownBytes(), x.get(0).nextBytes());
        assertEquals(Clear.values(x.get(0).own()), Clear.values(back.own()));
        byte[] modulus = Clear.R.toByteArray();
        assertThrows(NotCanonicalException.class, () -> ElementShares.fromBytes(PrimeField.FR, modulus, modulus));
        assertThrows(IllegalArgumentException.class, () -> FrVector.decode(new byte[33]));
    }

    @Test
    void sharesShowNothingAndCanBeWiped() {
        ElementShares x = Clear.shareFr(values(3), random).get(0);
        assertEquals("ElementShares[3 of Fr]", x.toString());
        x.wipe();
        assertEquals(List.of(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO), Clear.values(x.own()));
        assertEquals("IntegerShares[2]", IntegerShares.zeros(2).toString());
        assertEquals("BitShares[3 x 65]", BitShares.zeros(65, 3).toString());
        assertFalse(Serializable.class.isAssignableFrom(ElementShares.class));
    }

    @Test
    @DisplayName(
            "C8: a stream asked for again goes on where it was: no mask comes twice within an operation or a session")
    void noMaskComesTwice() {
        List<List<BigInteger>> drawn = world.run(session -> {
            Operation first = session.operation("first");
            List<BigInteger> out = new ArrayList<>();
            for (Operation operation : List.of(first, first, session.operation("second"))) {
                out.addAll(Clear.values(
                        new RandomShares(operation).elements(PrimeField.FR, 33).own()));
            }
            return out;
        });
        for (List<BigInteger> values : drawn) {
            assertEquals(99, values.stream().distinct().count());
        }
    }

    @Test
    @DisplayName("C8: an operation path is refused the second time, and so is a key that the party does not hold")
    void aPathIsClaimedOnceAndAThirdKeyIsNotHeld() {
        AssertionError twice = assertThrows(
                AssertionError.class,
                () -> world.run(session -> {
                    session.operation("same");
                    return session.operation("same");
                }));
        assertEquals(IllegalStateException.class, twice.getCause().getClass());
        AssertionError third = assertThrows(
                AssertionError.class,
                () -> world.run(session -> session.operation("keys").stream(
                        session.self().previous().index(), "mul/Fr")));
        assertEquals(IllegalArgumentException.class, third.getCause().getClass());
    }
}
