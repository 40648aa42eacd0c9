package io.veilflow.zk.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.veilflow.zk.field.ScalarField;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContextHashTest {
    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    @Test
    void keccakIsTheEvms() {
        assertEquals(
                "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
                HexFormat.of().formatHex(Keccak.hash()));
        assertEquals(
                "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45",
                HexFormat.of().formatHex(Keccak.hash("a".getBytes(), "bc".getBytes())));
    }

    @Test
    void theContextIsTheShiftedHashOfSixAbiWords() {
        String words = HexFormat.of().formatHex(Keccak.hash("veilflow/context/1".getBytes(StandardCharsets.UTF_8)))
                + "0000000000000000000000000000000000000000000000000000000000007a69"
                + "000000000000000000000000" + "11".repeat(20)
                + "22".repeat(32)
                + "0000000000000000000000000000000000000000000000000000000000000007"
                + "33".repeat(32);
        BigInteger expected = new BigInteger(1, Keccak.hash(HexFormat.of().parseHex(words))).shiftRight(3);
        assertEquals(
                expected,
                ContextHash.of(31337, filled(20, 0x11), filled(32, 0x22), 7, filled(32, 0x33))
                        .value());
    }

    @Test
    void everyFieldChangesTheContext() {
        Set<ContextHash> contexts = new HashSet<>(List.of(
                ContextHash.of(1, filled(20, 1), filled(32, 1), 1, filled(32, 1)),
                ContextHash.of(2, filled(20, 1), filled(32, 1), 1, filled(32, 1)),
                ContextHash.of(1, filled(20, 2), filled(32, 1), 1, filled(32, 1)),
                ContextHash.of(1, filled(20, 1), filled(32, 2), 1, filled(32, 1)),
                ContextHash.of(1, filled(20, 1), filled(32, 1), 2, filled(32, 1)),
                ContextHash.of(1, filled(20, 1), filled(32, 1), 1, filled(32, 2))));
        assertEquals(6, contexts.size());
        assertTrue(contexts.stream().allMatch(context -> context.value().compareTo(ScalarField.MODULUS) < 0));
    }

    @Test
    void wrongLengthsAndNegativeNumbersAreRefused() {
        byte[] word = new byte[32];
        byte[] address = new byte[20];
        assertThrows(IllegalArgumentException.class, () -> ContextHash.of(1, word, word, 1, word));
        assertThrows(IllegalArgumentException.class, () -> ContextHash.of(1, address, address, 1, word));
        assertThrows(IllegalArgumentException.class, () -> ContextHash.of(1, address, word, 1, address));
        assertThrows(IllegalArgumentException.class, () -> ContextHash.of(-1, address, word, 1, word));
        assertThrows(IllegalArgumentException.class, () -> ContextHash.of(1, address, word, -1, word));
        assertThrows(IllegalArgumentException.class, () -> new ContextHash(BigInteger.ONE.shiftLeft(253)));
    }
}
