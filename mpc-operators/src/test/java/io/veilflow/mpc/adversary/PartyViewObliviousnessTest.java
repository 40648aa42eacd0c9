package io.veilflow.mpc.adversary;

import static io.veilflow.mpc.adversary.ProductScenarios.bits;
import static io.veilflow.mpc.adversary.ProductScenarios.elements;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.adversary.Scenario.Ending;
import io.veilflow.mpc.adversary.Scenario.Program;
import io.veilflow.mpc.adversary.SharedVector.Bits;
import io.veilflow.mpc.adversary.SharedVector.Elements;
import io.veilflow.mpc.adversary.SharedVector.Integers;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.randomness.PrssContext;
import io.veilflow.mpc.randomness.PrssKey;
import io.veilflow.mpc.randomness.PrssStream;
import io.veilflow.mpc.replicated.BitAnd;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.Multiplication;
import io.veilflow.mpc.replicated.convert.BitsToField;
import io.veilflow.mpc.replicated.convert.BitsToNumber;
import io.veilflow.mpc.replicated.convert.FieldToBits;
import io.veilflow.mpc.replicated.convert.IntegerToBits;
import io.veilflow.mpc.replicated.convert.Inversion;
import io.veilflow.mpc.replicated.convert.Truncation;
import io.veilflow.mpc.replicated.count.Histogram;
import io.veilflow.mpc.session.Operation;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.session.Session;
import io.veilflow.mpc.testing.ThreePartyWorld;
import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What one party receives does not tell two inputs with the same output apart. In every run the party holds the same components and the
 * same two PRSS keys; only the third key, which it lacks, is drawn anew. Seeds are fixed, so a test that passes always passes; see
 * {@link ViewComparison#LIMIT} for how rarely a correct protocol would fail with fresh ones.
 */
class PartyViewObliviousnessTest {
    private static final long SEED = 12;
    private static final int RUNS = 40;
    private static final int MANY_RUNS = 400;
    private static final int LANES = 64;

    /** Inputs one and other give the same result. */
    private static void assertAlike(
            int runs, UnaryOperator<WatchedInputs> one, UnaryOperator<WatchedInputs> other, Program program) {
        for (PartyId watched : PartyId.values()) {
            ViewComparison views = views(watched, one, other, program, Endings.verifiedOpening(), Profile.M, runs);
            assertEquals(List.of(), views.differences(), () -> watched + " sees a difference, seed " + SEED);
            assertTrue(views.places() > 0 && views.places() < ViewComparison.PLACES_MAX);
        }
    }

    private static ViewComparison views(
            PartyId watched,
            UnaryOperator<WatchedInputs> one,
            UnaryOperator<WatchedInputs> other,
            Program program,
            Ending ending,
            Profile profile,
            int runs) {
        ViewComparison out = new ViewComparison();
        Random fresh = new Random(SEED + watched.index());
        long[] result = null;
        for (int run = 0; run < runs; run++) {
            for (int sample = 0; sample < 2; sample++) {
                WatchedInputs inputs = (sample == 0 ? one : other).apply(new WatchedInputs(watched, SEED));
                ThreePartyWorld world = world(watched, fresh).withProfile(profile);
                long[] opened = world.run(session -> ending.open(
                                session, program.compute(session, inputs.of(session.self())), Trial.honest()))
                        .get(watched.index());
                if (result == null) {
                    result = opened;
                }
                assertArrayEquals(result, opened, "outputs of the two inputs");
                out.add(
                        sample,
                        world.messages().stream()
                                .filter(message -> message.to() == watched)
                                .toList());
            }
        }
        return out;
    }

    /** Keys of the watched party fixed, the third one fresh. */
    private static ThreePartyWorld world(PartyId watched, Random fresh) {
        ThreePartyWorld world = ThreePartyWorld.seeded(SEED);
        Random fixed = new Random(SEED);
        byte[][] keys = new byte[3][32];
        for (byte[] key : keys) {
            fixed.nextBytes(key);
        }
        fresh.nextBytes(keys[watched.previous().index()]);
        return world.withContextKeys((key, path, purpose) -> {
            try (PrssKey prss = new PrssKey(keys[key])) {
                return prss.contextKey(PrssContext.of(world.context(), path, purpose));
            }
        });
    }

    private static List<BigInteger> all(long value, int count) {
        return Collections.nCopies(count, BigInteger.valueOf(value));
    }

    @Test
    @DisplayName("C12: one party's view of a comparison and its verification is the same for -1 and -2^62")
    void comparison() {
        comparison(RUNS);
    }

    private static void comparison(int runs) {
        assertAlike(
                runs,
                inputs -> inputs.integers(all(-1, LANES)),
                inputs -> inputs.integers(all(-(1L << 62), LANES)),
                (session, mine) -> new Bits(IntegerToBits.forLanes(session.operation("compare"), LANES)
                        .top(((Integers) mine.get(0)).shares(), 64)));
    }

    @Test
    @DisplayName("C12: one party's view of ANDs and their verification is the same for 0&1 and 1&0")
    void ands() {
        ands(RUNS);
    }

    private static void ands(int runs) {
        assertAlike(
                runs,
                inputs -> inputs.bits(1, all(0, LANES)).bits(1, all(1, LANES)),
                inputs -> inputs.bits(1, all(1, LANES)).bits(1, all(0, LANES)),
                (session, mine) -> new Bits(new BitAnd(session.operation("and")).and(bits(mine, 0), bits(mine, 1))));
    }

    @Test
    @DisplayName(
            "C12: one party's view of products and their verification is the same for 6*35 and 10*21, in both fields")
    void products() {
        products(RUNS);
    }

    private static void products(int runs) {
        for (PrimeField field : List.of(PrimeField.FR, PrimeField.P61)) {
            assertAlike(
                    runs,
                    inputs -> inputs.elements(field, 6, 1, 0, 5).elements(field, 35, 0, 7, 5),
                    inputs -> inputs.elements(field, 10, 0, 0, 1).elements(field, 21, 1, 0, 25),
                    (session, mine) -> new Elements(new Multiplication(session.operation("mul"))
                            .multiply(elements(mine, 0), elements(mine, 1))));
        }
    }

    @Test
    @DisplayName("C12: one party's view of bits on their way into a field is the same for 01 and 10, in both fields")
    void bitsToField() {
        bitsToField(RUNS);
    }

    private static void bitsToField(int runs) {
        for (PrimeField field : List.of(PrimeField.FR, PrimeField.P61)) {
            assertAlike(
                    runs,
                    inputs -> inputs.bits(2, all(1, 4)),
                    inputs -> inputs.bits(2, all(2, 4)),
                    (session, mine) -> new Elements(new BitsToField(session.operation("inject"), field)
                            .convert(bits(mine, 0))
                            .sum()));
        }
    }

    @Test
    @DisplayName(
            "C12: one party's view of numbers on their way into a field is the same for 5+9 and 7+7, in both fields")
    void bitsToNumber() {
        bitsToNumber(RUNS);
    }

    private static void bitsToNumber(int runs) {
        for (PrimeField field : List.of(PrimeField.FR, PrimeField.P61)) {
            assertAlike(
                    runs,
                    inputs -> inputs.bits(4, List.of(BigInteger.valueOf(5), BigInteger.valueOf(9))),
                    inputs -> inputs.bits(4, all(7, 2)),
                    (session, mine) -> new Elements(new BitsToNumber(session.operation("number"), field)
                            .convert(bits(mine, 0))
                            .sum()));
        }
    }

    @Test
    @DisplayName("C12: one party's view of the counts of a table is the same for the limbs 0, 1, 3 and 3, 0, 1")
    void tableCounts() {
        tableCounts(RUNS);
    }

    private static void tableCounts(int runs) {
        assertAlike(
                runs,
                inputs -> inputs.bits(2, List.of(BigInteger.ZERO, BigInteger.ONE, BigInteger.valueOf(3))),
                inputs -> inputs.bits(2, List.of(BigInteger.valueOf(3), BigInteger.ZERO, BigInteger.ONE)),
                (session, mine) -> new Elements(new BitsToNumber(session.operation("number"), PrimeField.FR)
                        .convert(new Histogram(session.operation("counts")).of(bits(mine, 0)))));
    }

    @Test
    @DisplayName("C12: one party's view of bits, truncation and inverse of a value is the same for 3 and 2^30")
    void openingsUnderMasks() {
        openingsUnderMasks(RUNS);
    }

    private static void openingsUnderMasks(int runs) {
        assertAlike(
                runs,
                inputs -> inputs.elements(PrimeField.FR, 3, 3),
                inputs -> inputs.elements(PrimeField.FR, 1 << 30, 1 << 30),
                (session, mine) -> {
                    ElementShares x = elements(mine, 0);
                    FieldToBits.forLanes(session.operation("bits"), 2).all(x, 40);
                    new Truncation(session.operation("truncate")).truncate(x, 10, 40);
                    ElementShares inverse = new Inversion(session.operation("inverse")).invert(x);
                    return new Elements(new Multiplication(session.operation("one")).multiply(x, inverse));
                });
    }

    @Test
    @Tag("exhaustive")
    @DisplayName("C12: all of these views with ten times as many runs")
    void manyRuns() {
        comparison(MANY_RUNS);
        ands(MANY_RUNS);
        products(MANY_RUNS);
        bitsToField(MANY_RUNS);
        bitsToNumber(MANY_RUNS);
        tableCounts(MANY_RUNS);
        openingsUnderMasks(MANY_RUNS);
    }

    /** A product whose masks are not there, or only in part. */
    private static ElementShares leaking(Operation operation, ElementShares x, long maskedBits) {
        PrimeField field = x.field();
        int count = x.count();
        long[] own = new long[count];
        long[] next = new long[count];
        PrssStream ownMask = operation.stream(operation.self().index(), "mul");
        PrssStream nextMask = operation.stream(operation.self().next().index(), "mul");
        ownMask.elements(field, own, 0, count);
        nextMask.elements(field, next, 0, count);
        for (int k = 0; k < count; k++) {
            own[k] &= maskedBits;
            next[k] &= maskedBits;
        }
        long[] z = field.add(
                field.add(field.multiply(x.own(), field.add(x.own(), x.next())), field.multiply(x.next(), x.own())),
                field.subtract(own, next));
        operation.send(operation.self().previous(), "mul", field.encode(z));
        long[] received = field.decode(operation.receive(operation.self().next(), "mul", count * field.bytes()));
        return new ElementShares(field, count, z, received);
    }

    private static boolean isCaught(long maskedBits) {
        boolean caught = true;
        for (PartyId watched : PartyId.values()) {
            ViewComparison views = views(
                    watched,
                    inputs -> inputs.elements(PrimeField.P61, 3, 3, 3, 3),
                    inputs -> inputs.elements(PrimeField.P61, -3, -3, -3, -3),
                    (session, mine) -> new Elements(leaking(session.operation("leak"), elements(mine, 0), maskedBits)),
                    Endings.opening(),
                    Profile.S,
                    RUNS);
            caught &= !views.differences().isEmpty();
        }
        return caught;
    }

    @Test
    @DisplayName("C12: a product without its masks, or with masks that leave the upper bits bare, is caught")
    void variantsThatLeakAreCaught() {
        assertTrue(isCaught(0));
        assertTrue(isCaught((1L << 56) - 1));
        assertFalse(isCaught(-1L));
    }

    @Test
    @DisplayName("C12: a view in which the third key stays the same from run to run is caught")
    void aMaskThatIsUsedAgainIsCaught() {
        for (PartyId watched : PartyId.values()) {
            ViewComparison views = new ViewComparison();
            for (int run = 0; run < RUNS; run++) {
                for (int sample = 0; sample < 2; sample++) {
                    WatchedInputs inputs = new WatchedInputs(watched, SEED).elements(PrimeField.FR, 3 + sample);
                    ThreePartyWorld world = world(watched, new Random(SEED));
                    world.run(session -> square(session, inputs));
                    views.add(
                            sample,
                            world.messages().stream()
                                    .filter(message -> message.to() == watched)
                                    .toList());
                }
            }
            assertFalse(views.differences().isEmpty());
        }
    }

    private static ElementShares square(Session session, WatchedInputs inputs) {
        ElementShares x = elements(inputs.of(session.self()), 0);
        return new Multiplication(session.operation("mul")).multiply(x, x);
    }
}
