package io.veilflow.pipeline.admit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.testing.Clear;
import io.veilflow.mpc.testing.Message;
import io.veilflow.mpc.testing.Outcome;
import io.veilflow.mpc.testing.ThreePartyWorld;
import io.veilflow.zk.rule.InputField;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The range check of a batch opens one bit per submission, and the right one. */
class RangeCheckProtocolTest {
    private static BigInteger power(int exponent) {
        return BigInteger.ONE.shiftLeft(exponent);
    }

    private static ThreePartyWorld verified(long seed) {
        return ThreePartyWorld.seeded(seed).withProfile(Profile.M);
    }

    private static boolean[] check(ThreePartyWorld world, List<List<BigInteger>> books, List<List<InputField>> fields) {
        Random random = new Random(5);
        List<List<IntegerShares>> shared = new ArrayList<>();
        books.forEach(book -> shared.add(Clear.shareIntegers(book, random)));
        List<boolean[]> verdicts = world.run(session -> {
            List<RangeCheck.Candidate> candidates = new ArrayList<>();
            for (int k = 0; k < books.size(); k++) {
                candidates.add(new RangeCheck.Candidate(
                        shared.get(k).get(session.self().index()), fields.get(k)));
            }
            return RangeCheck.run(session, candidates);
        });
        assertArrayEquals(verdicts.get(0), verdicts.get(1));
        assertArrayEquals(verdicts.get(0), verdicts.get(2));
        return verdicts.get(0);
    }

    private static List<InputField> widths(int... bits) {
        return Arrays.stream(bits)
                .mapToObj(width -> InputField.ofBits("number", width))
                .toList();
    }

    private static boolean accepts(BigInteger value, int width) {
        return check(verified(1), List.of(List.of(value)), List.of(widths(width)))[0];
    }

    @Test
    @DisplayName(
            "Minimum and maximum themselves pass, one unit outside does not, whether or not the interval fills its bits")
    void valuesAtDeclaredEnds() {
        BigInteger large = power(64).subtract(BigInteger.ONE);
        List<InputField> fields = List.of(
                new InputField("percent", BigInteger.ZERO, BigInteger.valueOf(100)),
                new InputField("signed byte", BigInteger.valueOf(-128), BigInteger.valueOf(127)),
                new InputField("lopsided", BigInteger.valueOf(-5), BigInteger.valueOf(3)),
                new InputField("debt", large.negate(), BigInteger.ZERO),
                new InputField("anything", large.negate(), large));
        List<List<BigInteger>> books = new ArrayList<>();
        List<List<InputField>> declared = new ArrayList<>();
        List<Boolean> expected = new ArrayList<>();
        for (InputField field : fields) {
            for (BigInteger end : List.of(field.minimum(), field.maximum())) {
                for (int step = -1; step <= 1; step++) {
                    BigInteger value = end.add(BigInteger.valueOf(step));
                    books.add(List.of(value));
                    declared.add(List.of(field));
                    expected.add(field.contains(value));
                }
            }
            for (BigInteger far : List.of(power(160), power(160).negate())) {
                books.add(List.of(far));
                declared.add(List.of(field));
                expected.add(false);
            }
        }
        boolean[] verdicts = check(verified(8), books, declared);
        for (int k = 0; k < verdicts.length; k++) {
            assertEquals(expected.get(k), verdicts[k], books.get(k) + " as " + declared.get(k));
        }
    }

    @Test
    void valuesAtTheirLimits() {
        for (int width : new int[] {1, 14, 63, 64}) {
            assertTrue(accepts(BigInteger.ZERO, width));
            assertTrue(accepts(power(width).subtract(BigInteger.ONE), width));
            assertEquals(false, accepts(power(width), width), "2^" + width);
            assertEquals(false, accepts(BigInteger.ONE.negate(), width), "-1 at " + width);
        }
        assertEquals(false, accepts(power(63), 1), "a vote of 2^63");
        assertEquals(false, accepts(power(160).negate(), 64), "the lowest sum of components");
        assertEquals(false, accepts(power(160), 64));
    }

    @Test
    void oneBadNumberRefusesItsSubmissionAlone() {
        List<List<BigInteger>> books = new ArrayList<>();
        List<List<InputField>> widths = new ArrayList<>();
        for (int book = 0; book < 70; book++) {
            int size = 1 + book % 5;
            int[] width = new int[size];
            Arrays.fill(width, book % 2 == 0 ? 64 : 10);
            width[0] = 3;
            List<BigInteger> numbers = new ArrayList<>();
            for (int k = 0; k < size; k++) {
                numbers.add(power(width[k]).subtract(BigInteger.ONE));
            }
            if (book % 7 == 3) {
                numbers.set(book % size, power(width[book % size]));
            }
            books.add(numbers);
            widths.add(widths(width));
        }
        boolean[] verdicts = check(verified(2), books, widths);
        for (int book = 0; book < 70; book++) {
            assertEquals(book % 7 != 3, verdicts[book], "book " + book);
        }
    }

    @Test
    void onlyAcceptBitsAreOpened() {
        ThreePartyWorld world = verified(3);
        check(world, List.of(List.of(BigInteger.TEN), List.of(power(80))), List.of(widths(64), widths(64)));
        List<Message> openings = world.messages().stream()
                .filter(message -> !message.label().equals("and"))
                .filter(message -> !message.path().equals("range-check/inputs"))
                .filter(message -> !message.path().equals("range-check/verify"))
                .toList();
        assertEquals(6, openings.size());
        for (Message message : openings) {
            assertEquals("range-check/accept", message.path());
            if (message.label().equals("accept")) {
                assertEquals(8, message.payload().length);
            }
        }
        assertTrue(world.rounds() <= 60, "rounds " + world.rounds());
        assertTrue(world.bytesSentBy(PartyId.P1) > 0);
    }

    @Test
    void anEmptyBatchNeedsNoMessage() {
        ThreePartyWorld world = verified(4);
        assertEquals(0, check(world, List.of(), List.of()).length);
        assertTrue(world.messages().isEmpty());
    }

    @Test
    @DisplayName("C20: profile S gives the same bits without a verification")
    void profileSDoesNotVerify() {
        ThreePartyWorld world = ThreePartyWorld.seeded(5);
        boolean[] verdicts =
                check(world, List.of(List.of(BigInteger.TEN), List.of(power(80))), List.of(widths(64), widths(64)));
        assertArrayEquals(new boolean[] {true, false}, verdicts);
        assertTrue(world.messages().stream().noneMatch(message -> message.path().equals("range-check/verify")));
        assertTrue(world.rounds() <= 31, "rounds " + world.rounds());
    }

    @Test
    @DisplayName("C3, A8: a wrong product in the range check is found before an accept bit is opened, whoever sends it")
    void aWrongProductOpensNoBit() {
        for (PartyId cheat : PartyId.values()) {
            ThreePartyWorld world = verified(6).withTamper(message -> {
                byte[] payload = message.payload().clone();
                if (message.from() == cheat && message.path().equals("range-check/zero")) {
                    payload[0] ^= 1;
                }
                return payload;
            });
            List<IntegerShares> numbers = Clear.shareIntegers(List.of(power(80)), new Random(6));
            List<Outcome<boolean[]>> outcomes = world.attempt(session -> RangeCheck.run(
                    session,
                    List.of(new RangeCheck.Candidate(numbers.get(session.self().index()), widths(64)))));
            outcomes.forEach(outcome -> assertTrue(outcome.failed(), "cheat " + cheat));
            assertTrue(world.messages().stream()
                    .noneMatch(message -> message.path().equals("range-check/accept")));
        }
    }

    @Test
    @DisplayName("C2: a party that goes in with another component than the other holder is found before any product")
    void anotherInputThanTheOtherHolders() {
        for (PartyId cheat : PartyId.values()) {
            ThreePartyWorld world = verified(7);
            List<IntegerShares> numbers = Clear.shareIntegers(List.of(BigInteger.TEN), new Random(7));
            numbers.get(cheat.index()).own()[0] ^= 1;
            List<Outcome<boolean[]>> outcomes = world.attempt(session -> RangeCheck.run(
                    session,
                    List.of(new RangeCheck.Candidate(numbers.get(session.self().index()), widths(64)))));
            outcomes.forEach(outcome -> assertTrue(outcome.failed(), "cheat " + cheat));
            assertTrue(world.messages().stream()
                    .allMatch(message -> message.path().equals("range-check/inputs")
                            || message.label().equals("and")));
            assertTrue(world.messages().stream()
                    .noneMatch(message -> message.path().equals("range-check/verify")));
        }
    }

    @Test
    void everyNumberHasItsField() {
        assertThrows(
                IllegalArgumentException.class, () -> new RangeCheck.Candidate(IntegerShares.zeros(2), widths(64)));
        assertThrows(IllegalArgumentException.class, () -> new RangeCheck.Candidate(IntegerShares.zeros(0), widths()));
    }
}
