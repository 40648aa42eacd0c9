package io.veilflow.mpc.field;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.veilflow.mpc.testing.Clear;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sums of products that are reduced once, against slow arithmetic. */
class FrLimbsTest {
    private static final long SEED = 52;
    private static final BigInteger LARGEST = Clear.R.subtract(BigInteger.ONE);

    private final Random random = new Random(SEED);

    private List<BigInteger> values(int count, boolean extreme) {
        List<BigInteger> out = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            out.add(extreme ? LARGEST : new BigInteger(300, random).mod(Clear.R));
        }
        return out;
    }

    @Test
    void innerProductsOfAnyLength() {
        for (int length : new int[] {1, 2, 63, 64, 65, 1000}) {
            for (boolean extreme : new boolean[] {false, true}) {
                List<BigInteger> a = values(2 * length, extreme);
                List<BigInteger> b = values(2 * length, extreme);
                List<BigInteger> sums = List.of(sum(a, b, 0, length), sum(a, b, length, 2 * length));
                assertEquals(
                        sums,
                        Clear.values(FrVector.dots(Clear.fr(a), Clear.fr(b), 2)),
                        length + " terms, extreme " + extreme + ", seed " + SEED);
            }
        }
        assertArrayEquals(new long[2 * Fr.WORDS], FrVector.dots(new long[0], new long[0], 2));
    }

    /** One run for each way in which cross terms are reduced, with the longest of each. */
    @Test
    void crossTermsOfAnyLength() {
        for (int length : new int[] {1, 2, 21, 22, 42, 43, 500}) {
            for (boolean extreme : new boolean[] {false, true}) {
                List<BigInteger> a = values(2 * length, extreme);
                List<BigInteger> b = values(2 * length, extreme);
                List<BigInteger> c = values(2 * length, extreme);
                List<BigInteger> d = values(2 * length, extreme);
                List<BigInteger> expected = new ArrayList<>();
                for (int from = 0; from < 2 * length; from += length) {
                    expected.add(sum(a, b, from, from + length)
                            .add(sum(a, d, from, from + length))
                            .add(sum(c, b, from, from + length))
                            .mod(Clear.R));
                }
                assertEquals(
                        expected,
                        Clear.values(PrimeField.FR.crossDots(Clear.fr(a), Clear.fr(b), Clear.fr(c), Clear.fr(d), 2)),
                        length + " terms, extreme " + extreme + ", seed " + SEED);
            }
        }
    }

    @Test
    void productsOneByOneMakeTheSameSum() {
        for (int length : new int[] {0, 1, 64, 65, 1000}) {
            List<BigInteger> a = values(length, length == 65);
            List<BigInteger> b = values(length, length == 65);
            long[] left = Clear.fr(a);
            long[] right = Clear.fr(b);
            ProductSum sum = PrimeField.FR.productSum();
            for (int k = 0; k < left.length; k += Fr.WORDS) {
                sum.add(left, k, right, k);
            }
            assertEquals(sum(a, b, 0, length), Clear.values(sum.value()).get(0), length + " products, seed " + SEED);
        }
    }

    private static BigInteger sum(List<BigInteger> a, List<BigInteger> b, int from, int to) {
        BigInteger out = BigInteger.ZERO;
        for (int k = from; k < to; k++) {
            out = out.add(a.get(k).multiply(b.get(k)));
        }
        return out.mod(Clear.R);
    }

    /** The largest that a proof's polynomials reach: operands of either sign within 111 r, very many of them. */
    @Test
    void totalsOfSignedOperands() {
        for (int sign : new int[] {1, -1}) {
            long[] a = multiple(111);
            long[] b = multiple(sign * 111);
            long[] sum = new long[FrLimbs.SUM];
            long[] total = new long[FrLimbs.TOTAL];
            int rounds = 1 << 14;
            for (int k = 0; k < rounds; k++) {
                for (int n = 0; n < FrLimbs.PRODUCTS_OF_A_SUM; n++) {
                    FrLimbs.multiplyAdd(a, 0, b, 0, sum, 0);
                }
                FrLimbs.carry(sum, 0, total, 0);
            }
            long[] out = new long[Fr.WORDS];
            FrLimbs.reduceTotal(total, 0, out, 0);
            BigInteger count = BigInteger.valueOf(sign * 111L * 111L * rounds * FrLimbs.PRODUCTS_OF_A_SUM);
            BigInteger expected = LARGEST.multiply(LARGEST).multiply(count).mod(Clear.R);
            assertEquals(expected, Clear.values(out).get(0), "sign " + sign);
        }
    }

    /** factor * (r - 1) in limbs. */
    private static long[] multiple(int factor) {
        long[] limbs = new long[FrLimbs.LIMBS];
        FrLimbs.split(Clear.fr(List.of(LARGEST)), 0, limbs, 0);
        for (int k = 0; k < limbs.length; k++) {
            limbs[k] *= factor;
        }
        FrLimbs.normalise(limbs, 0);
        return limbs;
    }

    @Test
    void generatorOutputIsReducedFromItsFullWidth() {
        byte[] bytes = new byte[2 * Fr.PRSS_BYTES];
        random.nextBytes(bytes);
        Arrays.fill(bytes, 0, Fr.PRSS_BYTES, (byte) 0xff);
        long[] out = new long[2 * Fr.WORDS];
        PrimeField.FR.fromPrss(bytes, 0, 2, out, 0);
        long[] quotients = new long[2 * Fr.WORDS];
        PrimeField.FR.quotientsFromPrss(bytes, 0, 2, quotients, 0);
        assertArrayEquals(out, PrimeField.FR.scale(quotients, PrimeField.FR.quotientFactor()));
        for (int k = 0; k < 2; k++) {
            byte[] bigEndian = new byte[Fr.PRSS_BYTES];
            for (int b = 0; b < bigEndian.length; b++) {
                bigEndian[b] = bytes[(k + 1) * Fr.PRSS_BYTES - 1 - b];
            }
            assertEquals(
                    new BigInteger(1, bigEndian).mod(Clear.R), Clear.values(out).get(k));
        }
    }
}
