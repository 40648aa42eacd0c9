package io.veilflow.pipeline.encoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FieldsTest {
    @Test
    void aFieldIsItsLengthAndItsBytes() {
        assertEquals(
                "00000002616200000000000000040000000700000008000000000000000900000002c3a4",
                hex(Fields.of(Fields.text("ab"), new byte[0], Fields.u32(7), Fields.u64(9), Fields.text("\u00e4"))));
    }

    @Test
    void whereOneFieldEndsIsPartOfTheBytes() {
        assertFalse(Arrays.equals(
                Fields.of(Fields.text("ab"), Fields.text("c")), Fields.of(Fields.text("a"), Fields.text("bc"))));
    }

    @Test
    void splittingGivesTheFieldsBackAndRefusesOtherLengths() {
        byte[] bytes = Fields.of(new byte[] {1, 2}, new byte[] {3});
        assertArrayEquals(new byte[][] {{1, 2}, {3}}, Fields.split(bytes, 2, 1));
        assertThrows(IllegalArgumentException.class, () -> Fields.split(bytes, 1, 2));
        assertThrows(IllegalArgumentException.class, () -> Fields.split(bytes, 2));
        assertThrows(IllegalArgumentException.class, () -> Fields.split(Arrays.copyOf(bytes, 12), 2, 1));
        assertThrows(IllegalArgumentException.class, () -> Fields.split(Arrays.copyOf(bytes, 10), 2, 1));
    }

    @Test
    void hashesAreThePublishedOnes() {
        assertEquals(
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                hex(Hashes.sha256(Fields.text("a"), Fields.text("bc"))));
        assertEquals(
                "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45",
                hex(Hashes.keccak256(Fields.text("a"), Fields.text("bc"))));
        assertArrayEquals(
                Hashes.sha256(Fields.of(Fields.text("label"), Fields.u32(1))),
                Hashes.sha256Fields("label", Fields.u32(1)));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
