package io.veilflow.mpc.replicated.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.replicated.compare.RippleAdder;
import io.veilflow.mpc.replicated.compare.TreeAdder;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.testing.Clear;
import io.veilflow.mpc.testing.Message;
import io.veilflow.mpc.testing.ThreePartyWorld;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Conversions against plain integers: widths 1 to 163, sizes 0, 1, 63, 64, 65, values at the ends of their intervals. */
class ConversionProtocolTest {
    private static final long SEED = 52;
    private static final int[] WIDTHS = {1, 2, 3, 8, 63, 64, 65, 128, 148, 163};

    private final Random random = new Random(SEED);
    private final ThreePartyWorld world = ThreePartyWorld.seeded(SEED);

    /** Signed values of so many bits, ends first. */
    private List<BigInteger> values(int width, int count) {
        BigInteger half = BigInteger.ONE.shiftLeft(width - 1);
        List<BigInteger> out = new ArrayList<>(
                List.of(half.negate(), half.subtract(BigInteger.ONE), BigInteger.ZERO, BigInteger.ONE.negate()));
        while (out.size() < count) {
            out.add(new BigInteger(width, random).subtract(half));
        }
        return out.subList(0, count);
    }

    private static List<BigInteger> bitsOf(List<BigInteger> values, int width) {
        return values.stream()
                .map(value -> value.mod(BigInteger.ONE.shiftLeft(width)))
                .toList();
    }

    private static <T> T mine(List<T> views, Session session) {
        return views.get(session.self().index());
    }

    @Test
    void integersToBitsByBothAdders() {
        for (int width : WIDTHS) {
            List<BigInteger> values = values(width, 65);
            List<IntegerShares> x = Clear.shareIntegers(values, random);
            List<BigInteger> expected = bitsOf(values, width);
            for (boolean tree : new boolean[] {true, false}) {
                List<BitShares> all = world.run(
                        session -> conversion(session.operation("bits"), tree).all(mine(x, session), width));
                assertEquals(expected, Clear.openBits(all), "seed " + SEED + ", width " + width);
                List<BitShares> top = world.run(
                        session -> conversion(session.operation("top"), tree).top(mine(x, session), width));
                assertEquals(
                        expected.stream()
                                .map(value -> value.shiftRight(width - 1))
                                .toList(),
                        Clear.openBits(top),
                        "seed " + SEED + ", width " + width);
            }
        }
    }

    private static IntegerToBits conversion(Operation operation, boolean tree) {
        return new IntegerToBits(operation, tree ? new TreeAdder(operation) : new RippleAdder(operation));
    }

    @Test
    void integersToBitsAtEverySize() {
        for (int size : new int[] {0, 1, 63, 64, 65}) {
            List<BigInteger> values = values(64, size);
            List<IntegerShares> x = Clear.shareIntegers(values, random);
            List<BitShares> all = world.run(session ->
                    IntegerToBits.forLanes(session.operation("bits"), size).all(mine(x, session), 64));
            assertEquals(bitsOf(values, 64), Clear.openBits(all), "size " + size);
        }
    }

    @Test
    void manyLanesGoThroughTheRipple() {
        int size = 1 << 13;
        List<BigInteger> values = values(20, size);
        List<IntegerShares> x = Clear.shareIntegers(values, random);
        List<BitShares> all = world.run(session ->
                IntegerToBits.forLanes(session.operation("bits"), size).all(mine(x, session), 20));
        assertEquals(bitsOf(values, 20), Clear.openBits(all));
        assertEquals(19, world.rounds());
    }

    @Test
    void comparisonsGiveTheFlagAndTheSlack() {
        int width = 65;
        List<BigInteger> a = values(width, 64);
        List<BigInteger> b = new ArrayList<>(values(width, 64));
        for (int k = 8; k < 30; k++) {
            b.set(k, a.get(k).add(BigInteger.valueOf(k % 3 - 1)));
        }
        List<IntegerShares> x = Clear.shareIntegers(a, random);
        List<IntegerShares> y = Clear.shareIntegers(b, random);
        List<Comparison> results =
                world.run(session -> Comparison.ofDifference(IntegerToBits.forLanes(session.operation("bits"), 64)
                        .all(mine(x, session).minus(mine(y, session)), width + 1)));
        List<BigInteger> flags =
                Clear.openBits(results.stream().map(Comparison::flag).toList());
        List<BigInteger> slacks =
                Clear.openBits(results.stream().map(Comparison::slack).toList());
        for (int k = 0; k < 64; k++) {
            BigInteger difference = a.get(k).subtract(b.get(k));
            boolean less = difference.signum() < 0;
            assertEquals(less ? BigInteger.ONE : BigInteger.ZERO, flags.get(k));
            assertEquals(less ? difference.negate().subtract(BigInteger.ONE) : difference, slacks.get(k));
        }
    }

    @Test
    void bitsToFieldInTwoRoundsForAllGroups() {
        List<BigInteger> first = bitsOf(values(7, 65), 7);
        List<BigInteger> second = bitsOf(values(3, 2), 3);
        List<BitShares> x = Clear.shareBits(first, 7, random);
        List<BitShares> y = Clear.shareBits(second, 3, random);
        List<List<ElementShares>> results =
                world.run(session -> new BitsToField(session.operation("inject"), PrimeField.FR)
                        .convert(List.of(mine(x, session), BitShares.zeros(0, 5), mine(y, session))));
        assertEquals(2, world.rounds());
        assertEquals(
                bitList(first, 7),
                Clear.openFr(results.stream().map(groups -> groups.get(0)).toList()));
        assertEquals(0, results.get(0).get(1).count());
        assertEquals(
                bitList(second, 3),
                Clear.openFr(results.stream().map(groups -> groups.get(2)).toList()));
    }

    private static List<BigInteger> bitList(List<BigInteger> values, int width) {
        List<BigInteger> out = new ArrayList<>();
        for (BigInteger value : values) {
            for (int bit = 0; bit < width; bit++) {
                out.add(value.testBit(bit) ? BigInteger.ONE : BigInteger.ZERO);
            }
        }
        return out;
    }

    @Test
    void fieldToBitsUpToTheWidestMask() {
        for (int width : new int[] {1, 2, 8, 64, 163, 170}) {
            List<BigInteger> values = values(width, 65);
            List<ElementShares> x = Clear.shareFr(values, random);
            List<BitShares> all = world.run(session ->
                    FieldToBits.forLanes(session.operation("bits"), 65).all(mine(x, session), width));
            assertEquals(bitsOf(values, width), Clear.openBits(all), "seed " + SEED + ", width " + width);
        }
    }

    @Test
    void widthsOutsideTheBoundsAreRefused() {
        for (int width : new int[] {0, 193}) {
            assertThrows(
                    AssertionError.class,
                    () -> world.run(session ->
                            IntegerToBits.forLanes(session.operation("bits"), 1).all(IntegerShares.zeros(1), width)));
        }
        assertThrows(
                AssertionError.class,
                () -> world.run(session -> FieldToBits.forLanes(session.operation("bits"), 1)
                        .all(ElementShares.zeros(PrimeField.FR, 1), 171)));
    }

    @Test
    void receivedMessagesLookTheSameForDifferentInputs() {
        // mean number of one bits in everything P1 receives: half, whatever the values
        for (BigInteger value :
                List.of(BigInteger.ZERO, BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE))) {
            List<BigInteger> values = new ArrayList<>();
            for (int k = 0; k < 640; k++) {
                values.add(value);
            }
            List<IntegerShares> x = Clear.shareIntegers(values, random);
            world.run(session ->
                    IntegerToBits.forLanes(session.operation("a"), 640).all(mine(x, session), 65));
            long ones = 0;
            long bits = 0;
            for (Message message : world.messages()) {
                if (message.to().index() == 1) {
                    for (byte one : message.payload()) {
                        ones += Integer.bitCount(one & 0xff);
                        bits += 8;
                    }
                }
            }
            double deviation = Math.abs(ones - bits / 2.0) / Math.sqrt(bits / 4.0);
            assertTrue(deviation < 6, "seed " + SEED + ": " + deviation + " standard deviations of " + bits + " bits");
        }
    }
}
