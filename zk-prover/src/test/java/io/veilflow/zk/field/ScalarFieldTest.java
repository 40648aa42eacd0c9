package io.veilflow.zk.field;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScalarFieldTest {
    private static final BigInteger R = ScalarField.MODULUS;

    @Test
    void scalarsAreThirtyTwoBytesBigEndian() {
        byte[] expected = new byte[32];
        expected[30] = 1;
        expected[31] = 2;
        assertArrayEquals(expected, ScalarField.encode(BigInteger.valueOf(258)));
        assertEquals(BigInteger.valueOf(258), ScalarField.decode(expected));
    }

    @Test
    void aValueAtTheModulusOrAboveIsRefused() {
        byte[] modulus = Arrays.copyOf(R.toByteArray(), 32);
        assertThrows(IllegalArgumentException.class, () -> ScalarField.requireCanonical(modulus));
        byte[] ones = new byte[32];
        Arrays.fill(ones, (byte) 0xff);
        assertThrows(IllegalArgumentException.class, () -> ScalarField.requireCanonical(ones));
        assertThrows(IllegalArgumentException.class, () -> ScalarField.encode(R));
        assertThrows(IllegalArgumentException.class, () -> ScalarField.encode(BigInteger.ONE.negate()));
        assertDoesNotThrow(() -> ScalarField.requireCanonical(ScalarField.encode(R.subtract(BigInteger.ONE))));
    }

    @Test
    void oneBadScalarAmongManyIsRefused() {
        byte[] scalars = ScalarField.encode(List.of(BigInteger.ONE, BigInteger.TWO, BigInteger.TEN));
        System.arraycopy(R.toByteArray(), 0, scalars, 32, 32);
        assertThrows(IllegalArgumentException.class, () -> ScalarField.requireCanonical(scalars));
        assertThrows(IllegalArgumentException.class, () -> ScalarField.requireCanonical(new byte[33]));
    }

    @Test
    void negativesAndRandomScalarsAreCanonical() {
        assertEquals(
                R.subtract(BigInteger.TEN), ScalarField.decode(ScalarField.negate(ScalarField.encode(BigInteger.TEN))));
        assertEquals(BigInteger.ZERO, ScalarField.decode(ScalarField.negate(new byte[32])));
        SecureRandom random = new SecureRandom();
        for (int round = 0; round < 100; round++) {
            ScalarField.requireCanonical(ScalarField.random(random));
        }
    }
}
