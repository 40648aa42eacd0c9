package io.veilflow.pipeline.post;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Prices of transactions. */
class FeePolicyTest {
    private static final FeePolicy POLICY = FeePolicy.ofGwei(100);
    private static final BigInteger GWEI = BigInteger.TEN.pow(9);

    @Test
    void theFirstOfferIsTwiceThePriceOfTheDay() {
        assertEquals(Optional.of(new TransactionFee(gwei(14), gwei(1))), POLICY.first(gwei(7), gwei(1)));
    }

    @Test
    void nearTheLimitTheOfferIsTheLimitAndAboveItThereIsNone() {
        assertEquals(gwei(100), POLICY.first(gwei(60), gwei(1)).orElseThrow().most());
        assertEquals(gwei(100), POLICY.first(gwei(100), gwei(1)).orElseThrow().most());
        assertTrue(POLICY.first(gwei(101), gwei(1)).isEmpty());
    }

    @Test
    void aFreeChainIsOfferedSomethingAllTheSame() {
        TransactionFee fee = POLICY.first(BigInteger.ZERO, BigInteger.ZERO).orElseThrow();
        assertTrue(fee.most().signum() > 0 && fee.tip().signum() > 0);
        assertTrue(fee.tip().compareTo(fee.most()) <= 0);
    }

    @Test
    @DisplayName("F13: a replacement is a tenth above what it replaces in both parts, or there is none")
    void aReplacementIsTaken() {
        Random random = new Random(13);
        for (int k = 0; k < 10_000; k++) {
            BigInteger price = new BigInteger(38, random);
            BigInteger tip = new BigInteger(38, random);
            Optional<TransactionFee> first = POLICY.first(price, tip);
            if (first.isEmpty()) {
                assertTrue(price.compareTo(POLICY.most()) > 0);
                continue;
            }
            Optional<TransactionFee> next =
                    POLICY.replacing(first.get(), new BigInteger(38, random), new BigInteger(38, random));
            next.ifPresent(fee -> {
                assertTrue(fee.most().compareTo(POLICY.most()) <= 0);
                assertTrue(fee.tip().compareTo(fee.most()) <= 0);
                assertTrue(aTenthAbove(first.get().most(), fee.most()));
                assertTrue(aTenthAbove(first.get().tip(), fee.tip()));
            });
        }
    }

    @Test
    void raisingEndsAtTheLimit() {
        Optional<TransactionFee> fee = POLICY.first(gwei(1), gwei(1));
        int raises = 0;
        while (fee.isPresent()) {
            fee = POLICY.replacing(fee.get(), gwei(1), gwei(1));
            raises++;
        }
        assertEquals(18, raises);
    }

    private static boolean aTenthAbove(BigInteger before, BigInteger after) {
        return after.multiply(BigInteger.TEN).compareTo(before.multiply(BigInteger.valueOf(11))) >= 0;
    }

    private static BigInteger gwei(long number) {
        return GWEI.multiply(BigInteger.valueOf(number));
    }
}
