package io.veilflow.nativelib;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WitnessShareTest {
    /** Context and one word, one book wire, nothing else: three wires. */
    private static final CircuitSummary CIRCUIT =
            new CircuitSummary(new byte[32], new byte[32], 1, 1, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0);

    private static final CircuitSummary BY_LIMBS =
            new CircuitSummary(new byte[32], new byte[32], 1, 1, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 4);

    private static final byte[] SECRET = filled(32, 0x5a);

    @Test
    void theEncodingIsTagsThenOwnThenNextThenMaskThenCommitment() {
        try (WitnessShare share = share()) {
            share.appendKnown(filled(32, 1)).appendShared(filled(64, 2), filled(64, 3));
            byte[] encoded = share.encode();
            assertEquals(3 + 2 * 96 + 64 + 64, encoded.length);
            assertArrayEquals(new byte[] {0, 1, 1}, Arrays.copyOf(encoded, 3));
            assertArrayEquals(filled(32, 1), Arrays.copyOfRange(encoded, 3, 35));
            assertArrayEquals(filled(64, 2), Arrays.copyOfRange(encoded, 35, 99));
            assertArrayEquals(new byte[32], Arrays.copyOfRange(encoded, 99, 131));
            assertArrayEquals(filled(64, 3), Arrays.copyOfRange(encoded, 131, 195));
            assertArrayEquals(SECRET, Arrays.copyOfRange(encoded, 195, 227));
        }
    }

    @Test
    void theMaskOfLimbsFollowsThatOfTheBook() {
        try (WitnessShare share =
                WitnessShare.of(BY_LIMBS, SECRET, new byte[32], filled(32, 6), filled(32, 7), new byte[64])) {
            share.appendKnown(new byte[96]);
            byte[] encoded = share.encode();
            assertEquals(3 + 2 * 96 + 128 + 64, encoded.length);
            assertArrayEquals(filled(32, 6), Arrays.copyOfRange(encoded, 259, 291));
            assertArrayEquals(filled(32, 7), Arrays.copyOfRange(encoded, 291, 323));
        }
        assertRefused(
                NativeStatus.INVALID_ARGUMENT,
                () -> WitnessShare.of(BY_LIMBS, new byte[32], new byte[32], new byte[64]));
        assertRefused(
                NativeStatus.INVALID_ARGUMENT,
                () -> WitnessShare.of(CIRCUIT, new byte[32], new byte[32], new byte[32], new byte[32], new byte[64]));
    }

    @Test
    void tooManyTooFewAndBrokenElementsAreRefused() {
        try (WitnessShare share = share()) {
            assertRefused(NativeStatus.INVALID_WITNESS, () -> share.appendKnown(new byte[31]));
            assertRefused(NativeStatus.INVALID_WITNESS, () -> share.appendKnown(new byte[4 * 32]));
            assertRefused(NativeStatus.INVALID_ARGUMENT, () -> share.appendShared(new byte[32], new byte[64]));
            share.appendKnown(new byte[64]);
            assertEquals(2, share.filled());
            assertRefused(NativeStatus.INVALID_WITNESS, share::encode);
        }
        assertRefused(
                NativeStatus.INVALID_ARGUMENT,
                () -> WitnessShare.of(CIRCUIT, new byte[31], new byte[32], new byte[64]));
        assertRefused(
                NativeStatus.INVALID_ARGUMENT,
                () -> WitnessShare.of(CIRCUIT, new byte[32], new byte[32], new byte[63]));
    }

    @Test
    void aClosedShareGivesNothing() {
        WitnessShare share = share();
        share.appendKnown(new byte[96]);
        share.close();
        share.close();
        assertRefused(NativeStatus.CLOSED, share::encode);
        assertRefused(NativeStatus.CLOSED, () -> share.appendKnown(new byte[0]));
    }

    @Test
    void theTextShowsNoShare() {
        try (WitnessShare share = share()) {
            share.appendKnown(SECRET);
            assertEquals("WitnessShare[1 of 3 wires]", share.toString());
            assertFalse(share.toString().contains("5a"));
        }
    }

    private static WitnessShare share() {
        return WitnessShare.of(CIRCUIT, SECRET, new byte[32], new byte[64]);
    }

    private static void assertRefused(NativeStatus status, org.junit.jupiter.api.function.Executable action) {
        assertEquals(status, assertThrows(NativeException.class, action).status());
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }
}
