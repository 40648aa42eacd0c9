package io.veilflow.mpc.field;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.veilflow.datasets.vectors.VectorFile;
import io.veilflow.mpc.testing.Clear;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Fr and F_p61 against the vectors, and Fr against slow arithmetic. */
class FieldVectorTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final VectorFile VECTORS = VectorFile.spec("fields");

    @Test
    void productsSumsAndInversesInFr() {
        for (JsonNode row : VECTORS.caseNamed("Fr products, sums, inverses").get("a_b_ab_sum_inva")) {
            long[] a = FrVector.decode(HEX.parseHex(row.get(0).asText()));
            long[] b = FrVector.decode(HEX.parseHex(row.get(1).asText()));
            assertEquals(row.get(2).asText(), HEX.formatHex(FrVector.encode(FrVector.multiply(a, b))));
            assertEquals(row.get(3).asText(), HEX.formatHex(FrVector.encode(FrVector.add(a, b))));
            long[] inverse = new long[Fr.WORDS];
            Fr.invert(a, 0, inverse, 0);
            assertEquals(row.get(4).asText(), HEX.formatHex(FrVector.encode(inverse)));
        }
    }

    @Test
    void encodingsOfFrThatMustBeRefused() {
        for (JsonNode bad : VECTORS.caseNamed("Fr encodings refused").get("hex")) {
            assertThrows(IllegalArgumentException.class, () -> FrVector.decode(HEX.parseHex(bad.asText())));
        }
    }

    @Test
    void productsInP61() {
        for (JsonNode row : VECTORS.caseNamed("F_p61 products").get("a_b_ab")) {
            assertEquals(
                    row.get(2).asLong(), P61.mul(row.get(0).asLong(), row.get(1).asLong()));
        }
    }

    @Test
    void encodingsOfP61ThatMustBeRefused() {
        for (JsonNode bad : VECTORS.caseNamed("F_p61 encodings refused").get("hex")) {
            byte[] bytes = HEX.parseHex(bad.asText());
            assertThrows(RuntimeException.class, () -> {
                if (bytes.length != P61.BYTES) {
                    throw new IllegalArgumentException("length");
                }
                P61.decode(bytes, 0);
            });
        }
    }

    @Test
    void frAgreesWithSlowArithmeticNearItsEdges() {
        long seed = 11;
        Random random = new Random(seed);
        List<BigInteger> a = new ArrayList<>();
        List<BigInteger> b = new ArrayList<>();
        for (int k = 0; k < 4000; k++) {
            a.add(edgy(random));
            b.add(edgy(random));
        }
        long[] x = Clear.fr(a);
        long[] y = Clear.fr(b);
        List<BigInteger> sums = Clear.values(FrVector.add(x, y));
        List<BigInteger> differences = Clear.values(FrVector.subtract(x, y));
        List<BigInteger> products = Clear.values(FrVector.multiply(x, y));
        for (int k = 0; k < a.size(); k++) {
            assertEquals(a.get(k).add(b.get(k)).mod(Clear.R), sums.get(k), "seed " + seed);
            assertEquals(a.get(k).subtract(b.get(k)).mod(Clear.R), differences.get(k), "seed " + seed);
            assertEquals(a.get(k).multiply(b.get(k)).mod(Clear.R), products.get(k), "seed " + seed);
        }
    }

    @Test
    @DisplayName("many inverses with one inversion are those one by one; zeros give zeros wherever they stand")
    void inversesInFrTogether() {
        long seed = 13;
        Random random = new Random(seed);
        for (int count : new int[] {0, 1, 2, 3, 500}) {
            List<BigInteger> a = new ArrayList<>();
            for (int k = 0; k < count; k++) {
                a.add(edgy(random));
            }
            List<BigInteger> inverses = Clear.values(FrVector.invert(Clear.fr(a)));
            for (int k = 0; k < count; k++) {
                BigInteger expected =
                        a.get(k).signum() == 0 ? BigInteger.ZERO : a.get(k).modInverse(Clear.R);
                assertEquals(expected, inverses.get(k), "seed " + seed);
            }
        }
        assertArrayEquals(new long[2 * Fr.WORDS], FrVector.invert(new long[2 * Fr.WORDS]));
    }

    private static BigInteger edgy(Random random) {
        BigInteger small = BigInteger.valueOf(random.nextInt(3));
        return switch (random.nextInt(4)) {
            case 0 -> small;
            case 1 -> Clear.R.subtract(small).mod(Clear.R);
            case 2 ->
                BigInteger.ONE.shiftLeft(random.nextInt(254)).subtract(small).mod(Clear.R);
            default -> new BigInteger(300, random).mod(Clear.R);
        };
    }

    @Test
    void integersOfThreeWordsAgreeWithSlowArithmetic() {
        long seed = 12;
        Random random = new Random(seed);
        BigInteger modulus = BigInteger.ONE.shiftLeft(192);
        for (int k = 0; k < 2000; k++) {
            BigInteger a = new BigInteger(random.nextInt(192), random);
            BigInteger b = new BigInteger(random.nextInt(192), random).negate();
            long[] x = Clear.integers(List.of(a.toString()));
            long[] y = Clear.integers(List.of(b.toString()));
            long[] out = new long[Int192.WORDS];
            Int192.add(x, 0, y, 0, out, 0);
            assertEquals(a.add(b).mod(modulus), unsigned(out), "seed " + seed);
            Int192.sub(x, 0, y, 0, out, 0);
            assertEquals(a.subtract(b).mod(modulus), unsigned(out), "seed " + seed);
            Int192.mul(x, 0, y, 0, out, 0);
            assertEquals(a.multiply(b).mod(modulus), unsigned(out), "seed " + seed);
            assertEquals(b.mod(Clear.R), Clear.values(Int192.toFr(y)).get(0), "seed " + seed);
        }
    }

    private static BigInteger unsigned(long[] words) {
        BigInteger out = BigInteger.ZERO;
        for (int w = words.length - 1; w >= 0; w--) {
            out = out.shiftLeft(64).add(new BigInteger(Long.toUnsignedString(words[w])));
        }
        return out;
    }
}
