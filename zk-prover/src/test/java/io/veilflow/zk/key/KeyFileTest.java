package io.veilflow.zk.key;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KeyFileTest {
    private static final byte[] CIRCUIT = new byte[32];

    private static byte[] provingKey(SetupOrigin origin) {
        byte[] label = origin.provingKeyLabel();
        return Arrays.copyOf(label, label.length + 3);
    }

    private static byte[] written() throws IOException {
        return written(SetupOrigin.UNSAFE_LOCAL, provingKey(SetupOrigin.UNSAFE_LOCAL));
    }

    private static byte[] written(SetupOrigin origin, byte[] provingKey) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new KeyFile(origin, CIRCUIT, provingKey, new byte[] {4}, new byte[] {5, 6}).write(out);
        return out.toByteArray();
    }

    private static KeyFile read(byte[] bytes) throws IOException {
        return KeyFile.read(new ByteArrayInputStream(bytes), bytes.length, CIRCUIT);
    }

    @Test
    void theFileSaysInItsFirstLinesThatTheKeyIsUnsafe() throws IOException {
        String start = new String(written(), 0, 80, StandardCharsets.ISO_8859_1);
        assertTrue(start.startsWith("veilflow/key-file/1\nUNSAFE_LOCAL: UNSAFE development key\n"), start);
    }

    @Test
    void whatWasWrittenIsRead() throws IOException {
        KeyFile file = read(written());
        assertArrayEquals(provingKey(SetupOrigin.UNSAFE_LOCAL), file.provingKey());
        assertArrayEquals(new byte[] {4}, file.verifyingKey());
        assertArrayEquals(new byte[] {5, 6}, file.basis());
        assertEquals(SetupOrigin.UNSAFE_LOCAL, file.origin());
        assertTrue(file.toString().contains("UNSAFE"));
    }

    @Test
    void aKeyOfACeremonySaysSo() throws IOException {
        byte[] bytes = written(SetupOrigin.CEREMONY, provingKey(SetupOrigin.CEREMONY));
        String start = new String(bytes, 0, 80, StandardCharsets.ISO_8859_1);
        assertTrue(start.startsWith("veilflow/key-file/1\nCEREMONY: key of a ceremony\n"), start);
        assertEquals(SetupOrigin.CEREMONY, read(bytes).origin());
    }

    /** THREATS E12: the two marks of an unsafe key must both go. */
    @Test
    void anUnsafeProvingKeyInAFileOfACeremonyIsRefused() throws IOException {
        byte[] bytes = written(SetupOrigin.CEREMONY, provingKey(SetupOrigin.UNSAFE_LOCAL));
        assertEquals(
                KeyException.Reason.MALFORMED,
                assertThrows(KeyException.class, () -> read(bytes)).reason());
        byte[] empty = written(SetupOrigin.CEREMONY, new byte[3]);
        assertThrows(KeyException.class, () -> read(empty));
    }

    /** THREATS E11. */
    @Test
    void aFileOfZerosIsRefused() {
        assertThrows(KeyException.class, () -> KeyFile.read(new Zeros(), 1 << 30, CIRCUIT));
    }

    /** A gigabyte that takes no memory. */
    private static final class Zeros extends InputStream {
        private long left = 1 << 30;

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }
    }

    @Test
    void everyChangedByteIsRefused() throws IOException {
        byte[] bytes = written();
        for (int at = 0; at < bytes.length; at++) {
            byte[] changed = bytes.clone();
            changed[at] ^= 1;
            assertThrows(KeyException.class, () -> read(changed), "byte " + at);
        }
    }

    /** THREATS E11. */
    @Test
    void cutAndPaddedFilesAreRefused() throws IOException {
        byte[] bytes = written();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(KeyException.class, () -> read(cut), "length " + length);
        }
        byte[] padded = Arrays.copyOf(bytes, bytes.length + 1);
        assertThrows(KeyException.class, () -> read(padded));
    }

    /** THREATS E11: refused before memory is taken. */
    @Test
    void aPartLongerThanTheFileIsRefused() throws IOException {
        byte[] bytes = written();
        int length = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("key\n") + 4 + 32;
        for (byte first : new byte[] {0x7f, (byte) 0xff}) {
            byte[] changed = bytes.clone();
            changed[length] = first;
            assertEquals(
                    KeyException.Reason.MALFORMED,
                    assertThrows(KeyException.class, () -> read(changed)).reason());
        }
    }

    @Test
    void keysOfAnotherCircuitAreRefused() throws IOException {
        byte[] bytes = written();
        byte[] other = new byte[32];
        other[0] = 1;
        KeyException refused = assertThrows(
                KeyException.class, () -> KeyFile.read(new ByteArrayInputStream(bytes), bytes.length, other));
        assertEquals(KeyException.Reason.DIGEST_MISMATCH, refused.reason());
    }
}
