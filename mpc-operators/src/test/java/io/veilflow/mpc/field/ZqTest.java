package io.veilflow.mpc.field;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.veilflow.datasets.vectors.VectorFile;
import io.veilflow.mpc.testing.Clear;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Scalars of secp256k1 against the vectors and against slow arithmetic. */
class ZqTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final VectorFile VECTORS = VectorFile.spec("fields");
    private static final PrimeField FIELD = PrimeField.ZQ;

    @Test
    @DisplayName("products, sums and inverses of the vectors")
    void vectors() {
        JsonNode rows = VECTORS.caseNamed("Z_Q products, sums, inverses").get("a_b_ab_sum_inva");
        assertFalse(rows.isEmpty());
        for (JsonNode row : rows) {
            long[] a = FIELD.decode(HEX.parseHex(row.get(0).asText()));
            long[] b = FIELD.decode(HEX.parseHex(row.get(1).asText()));
            assertEquals(row.get(2).asText(), HEX.formatHex(FIELD.encode(FIELD.multiply(a, b))));
            assertEquals(row.get(3).asText(), HEX.formatHex(FIELD.encode(FIELD.add(a, b))));
            assertEquals(row.get(4).asText(), HEX.formatHex(FIELD.encode(FIELD.invert(a))));
        }
    }

    @Test
    @DisplayName("encodings of another length, or at and above the order, are refused")
    void refusedEncodings() {
        JsonNode cases = VECTORS.caseNamed("Z_Q encodings refused").get("hex");
        assertFalse(cases.isEmpty());
        for (JsonNode bad : cases) {
            assertThrows(IllegalArgumentException.class, () -> FIELD.decode(HEX.parseHex(bad.asText())));
        }
    }

    @Test
    @DisplayName("sums, differences, negatives, products and inverses agree with slow arithmetic, at the edges too")
    void slowArithmetic() {
        long seed = 61;
        Random random = new Random(seed);
        List<BigInteger> a = new ArrayList<>();
        List<BigInteger> b = new ArrayList<>();
        for (int k = 0; k < 3000; k++) {
            a.add(edgy(random));
            b.add(edgy(random));
        }
        long[] x = Clear.elements(FIELD, a);
        long[] y = Clear.elements(FIELD, b);
        List<BigInteger> sums = Clear.values(FIELD, FIELD.add(x, y));
        List<BigInteger> differences = Clear.values(FIELD, FIELD.subtract(x, y));
        List<BigInteger> negatives = Clear.values(FIELD, FIELD.subtract(new long[x.length], x));
        List<BigInteger> products = Clear.values(FIELD, FIELD.multiply(x, y));
        for (int k = 0; k < a.size(); k++) {
            assertEquals(a.get(k).add(b.get(k)).mod(Clear.Q), sums.get(k), "seed " + seed);
            assertEquals(a.get(k).subtract(b.get(k)).mod(Clear.Q), differences.get(k), "seed " + seed);
            assertEquals(a.get(k).negate().mod(Clear.Q), negatives.get(k), "seed " + seed);
            assertEquals(a.get(k).multiply(b.get(k)).mod(Clear.Q), products.get(k), "seed " + seed);
        }
        for (int k = 0; k < 100; k++) {
            BigInteger inverse =
                    a.get(k).signum() == 0 ? BigInteger.ZERO : a.get(k).modInverse(Clear.Q);
            long[] out = new long[Zq.WORDS];
            Zq.invert(x, k * Zq.WORDS, out, 0);
            assertEquals(List.of(inverse), Clear.values(FIELD, out), "seed " + seed);
        }
    }

    @Test
    @DisplayName("inner products, in pairs and one by one, agree with slow arithmetic")
    void innerProducts() {
        long seed = 62;
        Random random = new Random(seed);
        List<List<BigInteger>> vectors = new ArrayList<>();
        for (int v = 0; v < 4; v++) {
            vectors.add(random.ints(6).mapToObj(any -> edgy(random)).toList());
        }
        List<long[]> flat =
                vectors.stream().map(one -> Clear.elements(FIELD, one)).toList();
        List<BigInteger> dots = new ArrayList<>();
        List<BigInteger> cross = new ArrayList<>();
        for (int s = 0; s < 2; s++) {
            BigInteger dot = BigInteger.ZERO;
            BigInteger pair = BigInteger.ZERO;
            for (int k = 3 * s; k < 3 * s + 3; k++) {
                BigInteger b = vectors.get(1).get(k);
                BigInteger first = vectors.get(0).get(k);
                dot = dot.add(first.multiply(b));
                pair = pair.add(first.multiply(b.add(vectors.get(3).get(k))))
                        .add(vectors.get(2).get(k).multiply(b));
            }
            dots.add(dot.mod(Clear.Q));
            cross.add(pair.mod(Clear.Q));
        }
        assertEquals(dots, Clear.values(FIELD, FIELD.dots(flat.get(0), flat.get(1), 2)));
        assertEquals(
                cross, Clear.values(FIELD, FIELD.crossDots(flat.get(0), flat.get(1), flat.get(2), flat.get(3), 2)));
        ProductSum sum = FIELD.productSum();
        for (int k = 0; k < 3 * Zq.WORDS; k += Zq.WORDS) {
            sum.add(flat.get(0), k, flat.get(1), k);
        }
        assertEquals(dots.subList(0, 1), Clear.values(FIELD, sum.value()));
    }

    @Test
    @DisplayName("integers of up to 64 bytes are reduced, more are refused")
    void wideReduction() {
        long seed = 63;
        Random random = new Random(seed);
        for (int bytes : new int[] {0, 1, 31, 32, 33, 47, 48, 63, 64}) {
            for (int k = 0; k < 200; k++) {
                byte[] in = new byte[bytes];
                random.nextBytes(in);
                if (k == 0) {
                    Arrays.fill(in, (byte) 0xff);
                }
                assertEquals(
                        List.of(new BigInteger(1, in).mod(Clear.Q)),
                        Clear.values(FIELD, Zq.reduceBigEndian(in)),
                        "seed " + seed);
            }
        }
        byte[] multiple = new byte[64];
        byte[] square = Clear.Q.multiply(Clear.Q).toByteArray();
        System.arraycopy(square, square.length - 64, multiple, 0, 64);
        assertTrue(Zq.isZero(Zq.reduceBigEndian(multiple), 0));
        assertThrows(IllegalArgumentException.class, () -> Zq.reduceBigEndian(new byte[65]));
    }

    @Test
    @DisplayName("48 generator bytes are read little-endian and reduced; signed integers too")
    void generatorOutputAndIntegers() {
        long seed = 64;
        Random random = new Random(seed);
        byte[] in = new byte[Zq.PRSS_BYTES];
        long[] out = new long[Zq.WORDS];
        for (int k = 0; k < 200; k++) {
            random.nextBytes(in);
            FIELD.fromPrss(in, 0, 1, out, 0);
            byte[] bigEndian = new byte[in.length];
            for (int b = 0; b < in.length; b++) {
                bigEndian[b] = in[in.length - 1 - b];
            }
            assertArrayEquals(Zq.reduceBigEndian(bigEndian), out, "seed " + seed);
            BigInteger signed = new BigInteger(191, random).subtract(BigInteger.ONE.shiftLeft(190));
            assertEquals(
                    List.of(signed.mod(Clear.Q)),
                    Clear.values(FIELD, FIELD.fromIntegers(Clear.integers(List.of(signed.toString())))),
                    "seed " + seed);
        }
        assertArrayEquals(out, reduced(out));
        assertTrue(Zq.isZero(reduced(wordsOf(Clear.Q)), 0));
    }

    private static long[] reduced(long[] integer) {
        long[] out = new long[Zq.WORDS];
        Zq.fromInteger(integer, 0, out, 0);
        return out;
    }

    private static long[] wordsOf(BigInteger value) {
        long[] out = new long[Zq.WORDS];
        for (int w = 0; w < out.length; w++) {
            out[w] = value.shiftRight(64 * w).longValue();
        }
        return out;
    }

    private static BigInteger edgy(Random random) {
        BigInteger small = BigInteger.valueOf(random.nextInt(3));
        return switch (random.nextInt(4)) {
            case 0 -> small;
            case 1 -> Clear.Q.subtract(small).mod(Clear.Q);
            case 2 ->
                BigInteger.ONE.shiftLeft(random.nextInt(257)).subtract(small).mod(Clear.Q);
            default -> new BigInteger(320, random).mod(Clear.Q);
        };
    }
}
