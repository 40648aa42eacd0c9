package io.veilflow.datasets.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import org.junit.jupiter.api.Test;

class FixedPointTest {
    private static final FixedPoint AMOUNT = FixedPoint.amount(new Asset("WETH", 8, 8250));

    @Test
    void decimalNumbersBecomeExactCounts() {
        assertEquals(
                new BigInteger("150000001"), AMOUNT.encode(new BigDecimal("1.50000001"), RoundingMode.UNNECESSARY));
        assertEquals(new BigDecimal("1.50000001"), AMOUNT.decode(new BigInteger("150000001")));
    }

    @Test
    void digitsTooManyAreRefusedUnlessARoundingIsNamed() {
        BigDecimal nine = new BigDecimal("0.000000019");
        assertThrows(InvalidDatasetException.class, () -> AMOUNT.encode(nine, RoundingMode.UNNECESSARY));
        assertEquals(BigInteger.ONE, AMOUNT.encode(nine, RoundingMode.DOWN));
        assertEquals(BigInteger.TWO, AMOUNT.encode(nine, RoundingMode.UP));
    }

    @Test
    void boundsAreInclusive() {
        BigInteger maximum = FixedPoint.UNSIGNED_64_MAX;
        assertEquals(maximum, AMOUNT.require(maximum));
        assertThrows(InvalidDatasetException.class, () -> AMOUNT.require(maximum.add(BigInteger.ONE)));
        assertThrows(InvalidDatasetException.class, () -> AMOUNT.require(BigInteger.ONE.negate()));
        assertThrows(InvalidDatasetException.class, () -> FixedPoint.price("WETH")
                .encode(BigDecimal.ZERO, RoundingMode.UNNECESSARY));
        assertThrows(InvalidDatasetException.class, () -> FixedPoint.basisPoints("threshold")
                .require(BigInteger.valueOf(10_001)));
    }

    @Test
    void hugeExponentIsRefusedBeforeItTakesMemory() {
        BigDecimal huge = new BigDecimal(BigInteger.ONE, -999_999_999);
        assertThrows(InvalidDatasetException.class, () -> AMOUNT.encode(huge, RoundingMode.DOWN));
    }

    @Test
    void positionsDoNotPrint() {
        Position position = new Position(List.of(new BigInteger("987654321")), List.of(BigInteger.ZERO));
        assertTrue(!position.toString().contains("987654321"));
    }
}
