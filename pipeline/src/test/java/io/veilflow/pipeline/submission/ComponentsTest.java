package io.veilflow.pipeline.submission;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class ComponentsTest {
    private static final BigInteger LEAST = BigInteger.ONE.shiftLeft(160).negate();
    private static final BigInteger MOST = BigInteger.ONE.shiftLeft(64);

    /** A1: the limits themselves, and one unit each side. */
    @Test
    void componentTwoLiesStrictlyBetweenItsLimits() {
        assertInRange(true, BigInteger.ZERO);
        assertInRange(true, BigInteger.ONE.negate());
        assertInRange(true, MOST.subtract(BigInteger.ONE));
        assertInRange(false, MOST);
        assertInRange(false, MOST.add(BigInteger.ONE));
        assertInRange(false, BigInteger.ONE.shiftLeft(128));
        assertInRange(true, LEAST.add(BigInteger.ONE));
        assertInRange(false, LEAST);
        assertInRange(false, LEAST.subtract(BigInteger.ONE));
        assertInRange(false, BigInteger.ONE.shiftLeft(167).negate());
        assertInRange(false, BigInteger.ONE.shiftLeft(166));
    }

    @Test
    void oneNumberOutOfRangeIsEnough() {
        long[] words = new long[9];
        System.arraycopy(words(MOST), 0, words, 3, 3);
        assertEquals(false, Components.lastInRange(words));
    }

    @Test
    void bytesAreTwentyOneLittleEndianInTwosComplement() {
        for (BigInteger number : new BigInteger[] {
            BigInteger.ZERO,
            BigInteger.ONE.negate(),
            LEAST,
            MOST,
            BigInteger.ONE.shiftLeft(167).negate()
        }) {
            byte[] bytes = Components.encodeLast(words(number));
            assertEquals(21, bytes.length);
            byte[] bigEndian = new byte[21];
            for (int i = 0; i < 21; i++) {
                bigEndian[i] = bytes[20 - i];
            }
            assertEquals(number, new BigInteger(bigEndian));
            assertArrayEquals(words(number), Components.decodeLast(bytes));
        }
    }

    @Test
    void scalarsAreTheNumbersModuloR() {
        for (BigInteger number : new BigInteger[] {BigInteger.ONE, BigInteger.ONE.negate(), LEAST, MOST}) {
            assertEquals(number.mod(PlainCommitments.R), new BigInteger(1, Components.scalars(words(number))));
        }
    }

    private static void assertInRange(boolean expected, BigInteger number) {
        assertEquals(expected, Components.lastInRange(words(number)), number.toString(16));
    }

    private static long[] words(BigInteger number) {
        return new long[] {
            number.longValue(),
            number.shiftRight(64).longValue(),
            number.shiftRight(128).longValue()
        };
    }
}
