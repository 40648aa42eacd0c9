package io.veilflow.mpc.randomness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.veilflow.datasets.vectors.VectorFile;
import io.veilflow.mpc.field.Fr;
import io.veilflow.mpc.field.FrVector;
import io.veilflow.mpc.field.P61;
import io.veilflow.mpc.field.PrimeField;
import io.veilflow.mpc.field.Words;
import io.veilflow.mpc.testing.Clear;
import io.veilflow.mpc.testing.SpecCase;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Contexts, K_ctx and every element size of PROTOCOLS 4.0. */
class PrssVectorTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final VectorFile VECTORS = VectorFile.spec("prss");

    private final JsonNode outputs = VECTORS.caseNamed("outputs");

    private PrssStream stream() {
        return new PrssStream(HEX.parseHex(outputs.get("k_ctx").asText()));
    }

    @Test
    void contextsAreEncodedWithLengths() {
        JsonNode vector = VECTORS.caseNamed("ctx");
        List<byte[]> fields = new ArrayList<>();
        for (String field : SpecCase.texts(vector.get("fields"))) {
            fields.add(field.startsWith("0x") ? HEX.parseHex(field.substring(2)) : PrssContext.text(field));
        }
        byte[] context = PrssContext.encode(fields.toArray(byte[][]::new));
        assertEquals(vector.get("ctx").asText(), HEX.formatHex(context));
        try (PrssKey key = new PrssKey(HEX.parseHex(vector.get("key_i").asText()))) {
            assertEquals(vector.get("k_ctx").asText(), HEX.formatHex(key.contextKey(context)));
        }
    }

    @Test
    void wordsRunOnOverCallsOfAnyLength() {
        long[] words = new long[1002];
        PrssStream stream = stream();
        stream.words(words, 0, 3);
        stream.words(words, 3, 0);
        stream.words(words, 3, 999);
        for (int k = 0; k < 5; k++) {
            assertEquals(outputs.get("words_5").get(k).asText(), HEX.toHexDigits(words[k]));
        }
        for (int k = 0; k < 2; k++) {
            assertEquals(outputs.get("words_from_1000").get(k).asText(), HEX.toHexDigits(words[1000 + k]));
        }
        assertEquals(
                outputs.get("stream_0_96").asText(),
                HEX.formatHex(Words.encode(words)).substring(0, 192));
    }

    @Test
    void wordsDoNotDependOnHowTheStreamIsCut() {
        long[] whole = new long[5000];
        long[] pieces = new long[5000];
        stream().words(whole, 0, 5000);
        PrssStream stream = stream();
        int at = 0;
        for (int step = 1; at < 5000; step = step * 3 + 1) {
            int count = Math.min(step, 5000 - at);
            stream.words(pieces, at, count);
            at += count;
        }
        assertArrayEquals(whole, pieces);
    }

    @Test
    void integersOfEveryListedWidth() {
        for (Iterator<String> widths = outputs.get("integers").fieldNames(); widths.hasNext(); ) {
            String width = widths.next();
            long[] out = new long[16];
            stream().integers(Integer.parseInt(width), 4, out, 0, 4);
            for (int k = 0; k < 4; k++) {
                BigInteger value = BigInteger.ZERO;
                for (int w = 3; w >= 0; w--) {
                    value = value.shiftLeft(64).add(new BigInteger(1, HEX.parseHex(HEX.toHexDigits(out[4 * k + w]))));
                }
                assertEquals(outputs.get("integers").get(width).get(k).asText(), value.toString(), width + " bits");
            }
        }
    }

    @Test
    void elementsOfFr() {
        long[] out = new long[4 * Fr.WORDS];
        stream().elements(PrimeField.FR, out, 0, 4);
        assertEquals(outputs.get("elements").get("Fr").asText(), HEX.formatHex(FrVector.encode(out)));
    }

    @Test
    void elementsOfP61() {
        long[] out = new long[4];
        stream().elements(PrimeField.P61, out, 0, 4);
        assertEquals(outputs.get("elements").get("F_p61").asText(), HEX.formatHex(Words.encode(out)));
        assertEquals(P61.P, (1L << 61) - 1);
    }

    @Test
    void elementsOfFrEqualTheSlowReduction() {
        long[] words = new long[6 * 500];
        long[] elements = new long[500 * Fr.WORDS];
        stream().words(words, 0, words.length);
        stream().elements(PrimeField.FR, elements, 0, 500);
        List<BigInteger> values = Clear.values(elements);
        for (int k = 0; k < 500; k++) {
            BigInteger wide = BigInteger.ZERO;
            for (int w = 5; w >= 0; w--) {
                wide = wide.shiftLeft(64).add(new BigInteger(Long.toUnsignedString(words[6 * k + w])));
            }
            assertEquals(wide.mod(Clear.R), values.get(k));
        }
    }

    @Test
    void oneStreamServesOneElementSize() {
        PrssStream stream = stream();
        stream.words(new long[1], 0, 1);
        assertThrows(IllegalStateException.class, () -> stream.elements(PrimeField.FR, new long[4], 0, 1));
    }

    @Test
    void aClosedStreamGivesNothing() {
        PrssStream stream = stream();
        stream.close();
        assertThrows(IllegalStateException.class, () -> stream.words(new long[1], 0, 1));
    }
}
