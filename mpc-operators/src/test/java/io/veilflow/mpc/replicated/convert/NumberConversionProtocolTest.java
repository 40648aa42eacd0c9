package io.veilflow.mpc.replicated.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.ProtocolAbortException;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.testing.Clear;
import io.veilflow.mpc.testing.Outcome;
import io.veilflow.mpc.testing.ThreePartyWorld;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Numbers between domains, truncation and inverses against plain integers, in profile M, at 1, 63, 64 and 65 lanes. */
class NumberConversionProtocolTest {
    private static final long SEED = 58;
    private static final int[] LANES = {1, 63, 64, 65};
    private static final List<PrimeField> FIELDS = List.of(PrimeField.P61, PrimeField.FR);

    private final Random random = new Random(SEED);
    private final ThreePartyWorld world = ThreePartyWorld.seeded(SEED).withProfile(Profile.M);

    /** Values in [0, 2^width), ends first; a smaller count begins with the largest. */
    private List<BigInteger> unsigned(int width, int count) {
        BigInteger largest = BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE);
        List<BigInteger> out = new ArrayList<>(List.of(largest, BigInteger.ZERO, BigInteger.ONE.min(largest)));
        while (out.size() < count) {
            out.add(new BigInteger(width, random));
        }
        return out.subList(0, count);
    }

    private static <T> T mine(List<T> views, Session session) {
        return views.get(session.self().index());
    }

    @Test
    void numbersOfEveryWidthBecomeOneElementEach() {
        for (PrimeField field : FIELDS) {
            for (int width : new int[] {1, 2, 21, BitsToNumber.largestWidth(field)}) {
                for (int lanes : LANES) {
                    List<BigInteger> values = unsigned(width, lanes);
                    List<BitShares> x = Clear.shareBits(values, width, random);
                    List<ElementShares> converted = world.run(
                            session -> new BitsToNumber(session.operation("number"), field).convert(mine(x, session)));
                    assertEquals(values, Clear.open(converted), "seed " + SEED + ", width " + width);
                }
            }
        }
    }

    @Test
    void noLanesNeedNoMessage() {
        for (PrimeField field : FIELDS) {
            List<ElementShares> converted = world.run(
                    session -> new BitsToNumber(session.operation("number"), field).convert(BitShares.zeros(0, 8)));
            assertEquals(0, converted.get(0).count());
            world.run(session -> new Inversion(session.operation("inverse")).invert(ElementShares.zeros(field, 0)));
            assertTrue(world.messages().isEmpty());
        }
        world.run(session ->
                new Truncation(session.operation("truncate")).truncate(ElementShares.zeros(PrimeField.FR, 0), 3, 8));
        assertTrue(world.messages().isEmpty());
    }

    @Test
    void widthsThatDoNotFitTheFieldAreRefused() {
        for (PrimeField field : FIELDS) {
            for (int width : new int[] {0, BitsToNumber.largestWidth(field) + 1}) {
                assertRefused(session ->
                        new BitsToNumber(session.operation("number"), field).convert(BitShares.zeros(1, width)));
            }
        }
        ElementShares one = ElementShares.zeros(PrimeField.FR, 1);
        assertRefused(session -> new Truncation(session.operation("truncate")).truncate(one, 8, 8));
        assertRefused(session -> new Truncation(session.operation("truncate")).truncate(one, 0, 171));
        assertRefused(session -> new P61ToBits(session.operation("bits")).convert(one));
    }

    private void assertRefused(Function<Session, Object> program) {
        AssertionError refused = assertThrows(AssertionError.class, () -> world.run(program));
        assertEquals(IllegalArgumentException.class, refused.getCause().getClass());
    }

    @Test
    void elementsOfP61HaveOneCanonicalForm() {
        BigInteger p = Clear.modulus(PrimeField.P61);
        for (int lanes : LANES) {
            List<BigInteger> values = new ArrayList<>(
                    List.of(p.subtract(BigInteger.ONE), BigInteger.ZERO, BigInteger.ONE, p.shiftRight(1)));
            while (values.size() < lanes) {
                values.add(new BigInteger(61, random).mod(p));
            }
            List<BigInteger> wanted = values.subList(0, lanes);
            List<ElementShares> x = Clear.share(PrimeField.P61, wanted, random);
            List<BitShares> bits =
                    world.run(session -> new P61ToBits(session.operation("bits")).convert(mine(x, session)));
            assertEquals(wanted, Clear.openBits(bits), "seed " + SEED);
        }
    }

    /** Components that add up to p and to 2p: the sum stands for zero. */
    @Test
    void multiplesOfTheModulusAreZeroBits() {
        BigInteger p = Clear.modulus(PrimeField.P61);
        List<List<Long>> components =
                List.of(List.of(1L, p.longValue() - 1, 0L), List.of(p.longValue() - 1, p.longValue() - 1, 2L));
        for (List<Long> one : components) {
            List<BitShares> bits = world.run(session -> {
                int self = session.self().index();
                long[] own = {one.get(self)};
                long[] next = {one.get((self + 1) % 3)};
                return new P61ToBits(session.operation("bits"))
                        .convert(new ElementShares(PrimeField.P61, 1, own, next));
            });
            assertEquals(List.of(BigInteger.ZERO), Clear.openBits(bits));
        }
    }

    @Test
    void truncationIsTheFloorPlusAtMostThree() {
        for (int width : new int[] {8, 64, 170}) {
            for (int bits : new int[] {0, 1, width / 2, width - 1}) {
                for (int lanes : LANES) {
                    BigInteger half = BigInteger.ONE.shiftLeft(width - 1);
                    List<BigInteger> values = unsigned(width, lanes).stream()
                            .map(value ->
                                    value.subtract(half).add(BigInteger.ONE).min(half.subtract(BigInteger.ONE)))
                            .toList();
                    List<ElementShares> x = Clear.shareFr(values, random);
                    List<BigInteger> cut = Clear.open(world.run(session ->
                            new Truncation(session.operation("truncate")).truncate(mine(x, session), bits, width)));
                    for (int k = 0; k < lanes; k++) {
                        BigInteger error =
                                Clear.signed(cut.get(k)).subtract(values.get(k).shiftRight(bits));
                        assertTrue(
                                error.signum() >= 0 && error.compareTo(BigInteger.valueOf(bits == 0 ? 0 : 3)) <= 0,
                                "seed " + SEED + ", width " + width + ", bits " + bits + ": error " + error);
                    }
                }
            }
        }
    }

    @Test
    void inversesMultiplyToOne() {
        for (PrimeField field : FIELDS) {
            for (int lanes : LANES) {
                List<BigInteger> values = nonZero(field, lanes);
                List<ElementShares> x = Clear.share(field, values, random);
                List<ElementShares> inverse =
                        world.run(session -> new Inversion(session.operation("inverse")).invert(mine(x, session)));
                BigInteger modulus = Clear.modulus(field);
                assertEquals(
                        values.stream().map(value -> value.modInverse(modulus)).toList(),
                        Clear.open(inverse),
                        "seed " + SEED);
            }
        }
    }

    private List<BigInteger> nonZero(PrimeField field, int count) {
        BigInteger last = Clear.modulus(field).subtract(BigInteger.ONE);
        List<BigInteger> out = new ArrayList<>(List.of(last, BigInteger.ONE, BigInteger.TWO));
        while (out.size() < count) {
            out.add(new BigInteger(256, random).mod(last).add(BigInteger.ONE));
        }
        return out.subList(0, count);
    }

    @Test
    void theInverseOfZeroEndsTheSessionOfAllThreeAndAccusesNobody() {
        for (PrimeField field : FIELDS) {
            List<BigInteger> values = new ArrayList<>(nonZero(field, 65));
            values.set(64, BigInteger.ZERO);
            List<ElementShares> x = Clear.share(field, values, random);
            List<Outcome<ElementShares>> outcomes =
                    world.attempt(session -> new Inversion(session.operation("inverse")).invert(mine(x, session)));
            for (Outcome<ElementShares> outcome : outcomes) {
                ProtocolAbortException abort = (ProtocolAbortException) outcome.failure();
                assertEquals(ProtocolAbortException.Reason.CHECK_FAILED, abort.reason());
                assertTrue(abort.accused().isEmpty());
            }
        }
    }
}
