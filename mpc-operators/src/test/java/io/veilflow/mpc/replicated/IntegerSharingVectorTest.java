package io.veilflow.mpc.replicated;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.veilflow.datasets.vectors.VectorFile;
import io.veilflow.mpc.field.Int192;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.testing.Clear;
import io.veilflow.mpc.testing.SpecCase;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RISS: components from seeds, x_2 on the wire, ranges at their limits, the same components mod r. */
class IntegerSharingVectorTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final VectorFile VECTORS = VectorFile.spec("riss");

    private final JsonNode share = VECTORS.caseNamed("share");
    private final byte[] seed0 = HEX.parseHex(share.get("seed_0").asText());
    private final byte[] seed1 = HEX.parseHex(share.get("seed_1").asText());
    private final long[] values = SpecCase.texts(share.get("values")).stream()
            .mapToLong(Long::parseUnsignedLong)
            .toArray();

    private long[] component(int j) {
        return Clear.integers(SpecCase.texts(share.get("components").get(j)));
    }

    @Test
    void componentsComeFromSeeds() {
        assertArrayEquals(component(0), IntegerSharing.expand(seed0, values.length));
        assertArrayEquals(component(1), IntegerSharing.expand(seed1, values.length));
        long[] last = new long[values.length * Int192.WORDS];
        for (int k = 0; k < values.length; k++) {
            last[k * Int192.WORDS] = values[k];
            Int192.sub(last, k * Int192.WORDS, component(0), k * Int192.WORDS, last, k * Int192.WORDS);
            Int192.sub(last, k * Int192.WORDS, component(1), k * Int192.WORDS, last, k * Int192.WORDS);
        }
        assertArrayEquals(component(2), last);
        assertEquals(share.get("x_2_bytes").asText(), HEX.formatHex(IntegerSharing.encodeLast(last)));
        assertArrayEquals(last, IntegerSharing.decodeLast(IntegerSharing.encodeLast(last)));
    }

    @Test
    void theSameComponentsAreASharingModR() {
        for (int j = 0; j < 3; j++) {
            assertEquals(share.get("mod_r").get(j).asText(), HEX.formatHex(IntegerSharing.scalars(component(j))));
        }
    }

    @Test
    void theSameComponentsAreASharingInP61() {
        for (int j = 0; j < 3; j++) {
            byte[] elements = PrimeField.P61.encode(PrimeField.P61.fromIntegers(component(j)));
            assertEquals(share.get("mod_p61").get(j).asText(), HEX.formatHex(elements));
        }
    }

    @Test
    void theLastComponentLiesStrictlyBetweenItsLimits() {
        for (JsonNode row : VECTORS.caseNamed("component ranges").get("component_value_ok")) {
            long[] words = Clear.integers(List.of(row.get(1).asText()));
            if (row.get(0).asInt() == 2) {
                assertEquals(row.get(2).asBoolean(), IntegerSharing.lastInRange(words), row.toString());
            }
        }
        for (String outside : List.of(
                "680564733841876926926749214863536422912", "-187072209578355573530071658587684226515959365500928")) {
            assertEquals(false, IntegerSharing.lastInRange(Clear.integers(List.of(outside))), outside);
        }
    }

    @Test
    void oneNumberOutOfRangeIsEnough() {
        assertEquals(false, IntegerSharing.lastInRange(Clear.integers(List.of("0", "18446744073709551616", "0"))));
    }

    @Test
    void seededComponentsAreInRange() {
        long[] words = IntegerSharing.expand(seed0, 1000);
        for (int k = 0; k < 1000; k++) {
            assertEquals(0, words[k * Int192.WORDS + 2] >>> 31);
        }
    }

    @Test
    void bytesAreTwosComplement() {
        for (String number :
                List.of("0", "-1", "18446744073709551615", "-1461501637330902918203684832716283019655932542976")) {
            long[] words = Clear.integers(List.of(number));
            assertArrayEquals(words, IntegerSharing.decodeLast(IntegerSharing.encodeLast(words)));
        }
    }

    @Test
    void wrongLengthsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> IntegerSharing.decodeLast(new byte[20]));
        assertThrows(IllegalArgumentException.class, () -> IntegerSharing.decodeLast(new byte[22]));
        assertThrows(IllegalArgumentException.class, () -> IntegerSharing.expand(new byte[15], 1));
    }
}
