package io.veilflow.zk.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class IntervalTest {
    private static Interval of(long min, long max) {
        return new Interval(BigInteger.valueOf(min), BigInteger.valueOf(max));
    }

    @Test
    void aProductTakesTheExtremesOfTheFourProducts() {
        assertEquals(of(-21, 35), of(-3, 5).times(of(2, 7)));
        assertEquals(of(-21, 15), of(-7, 5).times(of(-2, 3)));
        assertEquals(of(6, 21), of(-7, -3).times(of(-3, -2)));
    }

    @Test
    void aDifferenceTakesOppositeEnds() {
        assertEquals(of(-5, 8), of(0, 10).minus(of(2, 5)));
    }

    @Test
    void theSignedWidthIsTheLeastThatHoldsBothEnds() {
        assertEquals(1, of(0, 0).signedWidth());
        assertEquals(1, of(-1, 1).signedWidth());
        assertEquals(1, of(-2, 1).signedWidth());
        assertEquals(2, of(-3, 1).signedWidth());
        assertEquals(2, of(-4, 3).signedWidth());
        assertEquals(3, of(-4, 4).signedWidth());
        assertEquals(3, of(-5, 0).signedWidth());
    }

    @Test
    void anEmptyIntervalDoesNotExist() {
        assertThrows(IllegalArgumentException.class, () -> of(1, 0));
    }
}
