package io.veilflow.zk.field;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The product on limbs equals the product of integers mod r. */
class SecretScalarsPropertyTest {
    private static final BigInteger R = ScalarField.MODULUS;

    @Test
    void productsAtTheEdges() {
        List<BigInteger> edges = List.of(
                BigInteger.ZERO,
                BigInteger.ONE,
                BigInteger.ONE.shiftLeft(32).subtract(BigInteger.ONE),
                BigInteger.ONE.shiftLeft(253),
                R.shiftRight(1),
                R.subtract(BigInteger.TWO),
                R.subtract(BigInteger.ONE));
        for (BigInteger left : edges) {
            for (BigInteger right : edges) {
                assertProduct(left, right, "edge " + left + " " + right);
            }
        }
    }

    @Test
    void productsOfRandomScalars() {
        long seed = 812604;
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            BigInteger left = new BigInteger(300, random).mod(R);
            BigInteger right = new BigInteger(128, random);
            assertProduct(left, right, "seed " + seed + " round " + round);
        }
    }

    @Test
    void aVectorIsScaledElementByElement() {
        byte[] scaled = SecretScalars.scale(
                ScalarField.encode(List.of(BigInteger.TWO, BigInteger.TEN, R.subtract(BigInteger.ONE))),
                ScalarField.encode(BigInteger.valueOf(3)));
        assertArrayEquals(
                ScalarField.encode(
                        List.of(BigInteger.valueOf(6), BigInteger.valueOf(30), R.subtract(BigInteger.valueOf(3)))),
                scaled);
    }

    private static void assertProduct(BigInteger left, BigInteger right, String where) {
        assertArrayEquals(
                ScalarField.encode(left.multiply(right).mod(R)),
                SecretScalars.scale(ScalarField.encode(left), ScalarField.encode(right)),
                where);
    }
}
