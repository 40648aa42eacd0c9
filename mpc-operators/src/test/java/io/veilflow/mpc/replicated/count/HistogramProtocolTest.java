package io.veilflow.mpc.replicated.count;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.replicated.BitShares;
import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.mpc.replicated.convert.BitsToNumber;
import io.veilflow.mpc.session.Profile;
import io.veilflow.mpc.testing.Clear;
import io.veilflow.mpc.testing.ThreePartyWorld;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Table counts against counting in the clear: every table size of limbs, lengths around powers of two and of three, ends. */
class HistogramProtocolTest {
    private static final long SEED = new Random().nextLong();

    private final Random random = new Random(SEED);
    private final ThreePartyWorld world = ThreePartyWorld.seeded(SEED);

    private static List<BigInteger> counted(List<BigInteger> values, int bits) {
        List<BigInteger> out = new ArrayList<>();
        for (int entry = 0; entry < 1 << bits; entry++) {
            out.add(BigInteger.valueOf(Collections.frequency(values, BigInteger.valueOf(entry))));
        }
        return out;
    }

    private List<BigInteger> uniform(int bits, int count) {
        List<BigInteger> out = new ArrayList<>();
        while (out.size() < count) {
            out.add(new BigInteger(bits, random));
        }
        return out;
    }

    private List<BitShares> histogram(List<BigInteger> values, int bits) {
        List<BitShares> shared = Clear.shareBits(values, bits, random);
        return world.run(session -> new Histogram(session.operation("counts"))
                .of(shared.get(session.self().index())));
    }

    @Test
    @DisplayName("E2: the counts of a lookup table are those of the numbers, whatever lies in unused lanes")
    void countsOfRandomNumbers() {
        for (int bits : new int[] {1, 2, 3, 4, 5, 6, 7, 8}) {
            for (int count : new int[] {1, 2, 3, 4, 7, 63, 64, 65, 130}) {
                List<BigInteger> values = uniform(bits, count);
                assertEquals(
                        counted(values, bits),
                        Clear.openBits(histogram(values, bits)),
                        "seed " + SEED + ", " + count + " numbers of " + bits + " bits");
            }
        }
    }

    @Test
    void oneValueOnlyAndEveryValueOnce() {
        for (int bits : new int[] {4, 8}) {
            for (int value : new int[] {0, 1, (1 << bits) - 1}) {
                for (int count : new int[] {127, 128, 129}) {
                    List<BigInteger> values = Collections.nCopies(count, BigInteger.valueOf(value));
                    assertEquals(
                            counted(values, bits), Clear.openBits(histogram(values, bits)), value + " " + count + "x");
                }
            }
            List<BigInteger> each = new ArrayList<>();
            for (int value = 0; value < 1 << bits; value++) {
                each.add(BigInteger.valueOf(value));
            }
            Collections.shuffle(each, random);
            assertEquals(counted(each, bits), Clear.openBits(histogram(each, bits)), "seed " + SEED);
        }
    }

    @Test
    void oneHotTablesHaveOnePlaneSet() {
        for (int bits = 1; bits <= 8; bits++) {
            List<BigInteger> values = uniform(bits, 70);
            List<BitShares> shared = Clear.shareBits(values, bits, random);
            List<BigInteger> tables = Clear.openBits(world.run(session -> new OneHot(session.operation("hot"))
                    .of(shared.get(session.self().index()))));
            assertEquals(
                    values.stream()
                            .map(value -> BigInteger.ONE.shiftLeft(value.intValue()))
                            .toList(),
                    tables,
                    "seed " + SEED + ", " + bits + " bits");
        }
    }

    @Test
    @DisplayName("In profile M the counts enter Fr after one verification, in few rounds")
    void countsAsElements() {
        int bits = 8;
        List<BigInteger> values = uniform(bits, 500);
        List<BitShares> shared = Clear.shareBits(values, bits, random);
        ThreePartyWorld verified = ThreePartyWorld.seeded(SEED).withProfile(Profile.M);
        List<ElementShares> counts = verified.run(session -> {
            BitShares histogram = new Histogram(session.operation("counts"))
                    .of(shared.get(session.self().index()));
            return new BitsToNumber(session.operation("number"), PrimeField.FR).convert(histogram);
        });
        assertEquals(counted(values, bits), Clear.openFr(counts), "seed " + SEED);
        assertTrue(verified.rounds() <= 50, "rounds " + verified.rounds());
    }

    @Test
    void nothingToCountIsRefused() {
        for (BitShares wrong : List.of(BitShares.zeros(0, 8), BitShares.zeros(5, 0), BitShares.zeros(5, 13))) {
            AssertionError refused = assertThrows(
                    AssertionError.class,
                    () -> world.run(session -> new Histogram(session.operation("counts")).of(wrong)));
            assertEquals(IllegalArgumentException.class, refused.getCause().getClass());
        }
    }
}
