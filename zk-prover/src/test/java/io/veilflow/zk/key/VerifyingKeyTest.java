package io.veilflow.zk.key;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.veilflow.zk.statement.Keccak;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class VerifyingKeyTest {
    private static byte[] key(int commitments, int points) {
        byte[] bytes = new byte[1 + 448 + 128 * commitments + 64 * points];
        for (int k = 0; k < bytes.length; k++) {
            bytes[k] = (byte) (k / 64);
        }
        bytes[0] = (byte) commitments;
        return bytes;
    }

    @Test
    void theDigestIsKeccakOfTheBytes() {
        VerifyingKey key = VerifyingKey.of(key(1, 5));
        assertArrayEquals(Keccak.hash(key(1, 5)), key.digest());
        assertEquals(3, key.publicInputs());
        assertEquals(1, key.commitments());
        assertEquals(VerifyingKey.of(key(1, 5)), key);
    }

    @Test
    void aKeyOfTwoCommitmentsHasAPointMoreForEach() {
        VerifyingKey key = VerifyingKey.of(key(2, 5));
        assertEquals(2, key.publicInputs());
        assertEquals(2, key.commitments());
    }

    @Test
    void wrongLengthsAreRefused() {
        for (int commitments : new int[] {1, 2}) {
            byte[] right = key(commitments, 2 + commitments);
            VerifyingKey.of(right);
            for (int length = 0; length < right.length; length++) {
                refused(Arrays.copyOf(right, length));
            }
            refused(Arrays.copyOf(right, right.length + 1));
        }
    }

    /** THREATS E15. */
    @Test
    void otherCountsOfCommitmentsAreRefused() {
        for (int commitments : new int[] {0, 3, -1}) {
            byte[] bytes = key(1, 6);
            bytes[0] = (byte) commitments;
            refused(bytes);
        }
    }

    private static void refused(byte[] bytes) {
        KeyException refused = assertThrows(KeyException.class, () -> VerifyingKey.of(bytes));
        assertEquals(KeyException.Reason.MALFORMED, refused.reason());
    }

    /** THREATS E10. */
    @Test
    void deltaEqualToGammaIsRefused() {
        byte[] bytes = key(1, 5);
        System.arraycopy(bytes, 193, bytes, 321, 128);
        refused(bytes);
    }
}
