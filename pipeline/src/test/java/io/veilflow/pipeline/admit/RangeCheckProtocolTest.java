package io.veilflow.pipeline.admit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.party.PartyId;
import io.veilflow.mpc.replicated.IntegerShares;
import io.veilflow.mpc.testing.Clear;
import io.veilflow.mpc.testing.Message;
import io.veilflow.mpc.testing.ThreePartyWorld;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The range check of a batch opens one bit per submission, and the right one. */
class RangeCheckProtocolTest {
    private static BigInteger power(int exponent) {
        return BigInteger.ONE.shiftLeft(exponent);
    }

    private static boolean[] check(ThreePartyWorld world, List<List<BigInteger>> books, List<int[]> widths) {
        Random random = new Random(5);
        List<List<IntegerShares>> shared = new ArrayList<>();
        books.forEach(book -> shared.add(Clear.shareIntegers(book, random)));
        List<boolean[]> verdicts = world.run(session -> {
            List<RangeCheck.Candidate> candidates = new ArrayList<>();
            for (int k = 0; k < books.size(); k++) {
                candidates.add(new RangeCheck.Candidate(
                        shared.get(k).get(session.self().index()), widths.get(k)));
            }
            return RangeCheck.run(session, candidates);
        });
        assertArrayEquals(verdicts.get(0), verdicts.get(1));
        assertArrayEquals(verdicts.get(0), verdicts.get(2));
        return verdicts.get(0);
    }

    private static boolean accepts(BigInteger value, int width) {
        return check(ThreePartyWorld.seeded(1), List.of(List.of(value)), List.of(new int[] {width}))[0];
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
        List<int[]> widths = new ArrayList<>();
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
            widths.add(width);
        }
        boolean[] verdicts = check(ThreePartyWorld.seeded(2), books, widths);
        for (int book = 0; book < 70; book++) {
            assertEquals(book % 7 != 3, verdicts[book], "book " + book);
        }
    }

    @Test
    void onlyAcceptBitsAreOpened() {
        ThreePartyWorld world = ThreePartyWorld.seeded(3);
        check(world, List.of(List.of(BigInteger.TEN), List.of(power(80))), List.of(new int[] {64}, new int[] {64}));
        List<Message> openings = world.messages().stream()
                .filter(message -> !message.label().equals("and"))
                .toList();
        assertEquals(6, openings.size());
        for (Message message : openings) {
            assertEquals("range-check/accept", message.path());
            if (message.label().equals("accept")) {
                assertEquals(8, message.payload().length);
            }
        }
        assertTrue(world.rounds() <= 30, "rounds " + world.rounds());
        assertTrue(world.bytesSentBy(PartyId.P1) > 0);
    }

    @Test
    void anEmptyBatchNeedsNoMessage() {
        ThreePartyWorld world = ThreePartyWorld.seeded(4);
        assertEquals(0, check(world, List.of(), List.of()).length);
        assertTrue(world.messages().isEmpty());
    }

    @Test
    void widthsMustFitTheNumbers() {
        assertThrows(
                IllegalArgumentException.class, () -> new RangeCheck.Candidate(IntegerShares.zeros(2), new int[] {64}));
        assertThrows(
                IllegalArgumentException.class, () -> new RangeCheck.Candidate(IntegerShares.zeros(1), new int[] {65}));
    }
}
