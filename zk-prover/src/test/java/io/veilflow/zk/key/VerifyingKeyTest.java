package io.veilflow.zk.key;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.veilflow.zk.statement.Keccak;
import org.junit.jupiter.api.Test;

class VerifyingKeyTest {
    private static byte[] key(int points) {
        byte[] bytes = new byte[576 + 64 * points];
        for (int k = 0; k < bytes.length; k++) {
            bytes[k] = (byte) (k / 64);
        }
        return bytes;
    }

    @Test
    void theDigestIsKeccakOfTheBytes() {
        VerifyingKey key = VerifyingKey.of(key(5));
        assertArrayEquals(Keccak.hash(key(5)), key.digest());
        assertEquals(3, key.publicInputs());
        assertEquals(VerifyingKey.of(key(5)), key);
    }

    @Test
    void wrongLengthsAreRefused() {
        for (int length : new int[] {0, 576, 576 + 128, 576 + 64 * 3 + 1}) {
            KeyException refused = assertThrows(KeyException.class, () -> VerifyingKey.of(new byte[length]));
            assertEquals(KeyException.Reason.MALFORMED, refused.reason());
        }
    }

    /** THREATS E10. */
    @Test
    void deltaEqualToGammaIsRefused() {
        byte[] bytes = key(5);
        System.arraycopy(bytes, 192, bytes, 320, 128);
        assertEquals(
                KeyException.Reason.MALFORMED,
                assertThrows(KeyException.class, () -> VerifyingKey.of(bytes)).reason());
    }
}
