package io.veilflow.mpc.replicated;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.veilflow.datasets.vectors.VectorFile;
import io.veilflow.mpc.field.FrVector;
import io.veilflow.mpc.field.Int192;
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
        byte[] third = IntegerSharing.third(values, seed0, seed1);
        assertEquals(share.get("x_2_bytes").asText(), HEX.formatHex(third));
        assertArrayEquals(component(2), IntegerSharing.decodeThird(third, values.length));
    }

    @Test
    void theSameComponentsAreASharingModR() {
        for (int j = 0; j < 3; j++) {
            assertEquals(share.get("mod_r").get(j).asText(), HEX.formatHex(FrVector.encode(Int192.toFr(component(j)))));
        }
    }

    @Test
    void rangesAtTheirLimits() {
        for (JsonNode row : VECTORS.caseNamed("component ranges").get("component_value_ok")) {
            int component = row.get(0).asInt();
            long[] words = Clear.integers(List.of(row.get(1).asText()));
            boolean inRange = IntegerSharing.inRange(component, words, 0);
            assertEquals(row.get(2).asBoolean(), inRange, component + ": " + row.get(1));
            if (component == 2) {
                assertEquals(inRange, accepted(words), "decoded: " + row.get(1));
            }
        }
    }

    private static boolean accepted(long[] words) {
        byte[] bytes = new byte[IntegerSharing.THIRD_BYTES];
        for (int b = 0; b < bytes.length; b++) {
            bytes[b] = (byte) (words[b >>> 3] >>> (8 * (b & 7)));
        }
        try {
            IntegerSharing.decodeThird(bytes, 1);
            return true;
        } catch (ComponentOutOfRangeException e) {
            return false;
        }
    }

    @Test
    void wrongLengthsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> IntegerSharing.decodeThird(new byte[20], 1));
        assertThrows(IllegalArgumentException.class, () -> IntegerSharing.decodeThird(new byte[22], 1));
        assertThrows(IllegalArgumentException.class, () -> IntegerSharing.expand(new byte[15], 1));
    }
}
