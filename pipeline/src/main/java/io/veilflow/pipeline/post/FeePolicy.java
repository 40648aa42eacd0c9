package io.veilflow.pipeline.post;

import java.math.BigInteger;
import java.util.Optional;

/**
 * What to offer for a transaction. Twice the price of the day, so that it holds over some blocks; to replace a waiting transaction a
 * quarter more in both parts, since nodes ask for a tenth, and an eighth at some; never more than a limit.
 *
 * @param most wei for a unit of gas
 */
public record FeePolicy(BigInteger most) {
    private static final BigInteger GWEI = BigInteger.TEN.pow(9);

    /** @param gwei the limit for a unit of gas */
    public static FeePolicy ofGwei(long gwei) {
        return new FeePolicy(BigInteger.valueOf(gwei).multiply(GWEI));
    }

    /**
     * The first offer.
     *
     * @param price of a unit of gas at present, tip included
     * @param tip at present
     * @return empty if the price itself is above the limit
     */
    Optional<TransactionFee> first(BigInteger price, BigInteger tip) {
        BigInteger asked = price.max(BigInteger.ONE);
        if (asked.compareTo(most) > 0) {
            return Optional.empty();
        }
        BigInteger offer = asked.shiftLeft(1).min(most);
        return Optional.of(new TransactionFee(offer, tip.max(BigInteger.ONE).min(offer)));
    }

    /** The offer that replaces a waiting transaction; empty if it would be above the limit. */
    Optional<TransactionFee> replacing(TransactionFee waiting, BigInteger price, BigInteger tip) {
        BigInteger least = raised(waiting.most());
        if (least.compareTo(most) > 0) {
            return Optional.empty();
        }
        BigInteger offer = price.shiftLeft(1).min(most).max(least);
        return Optional.of(
                new TransactionFee(offer, raised(waiting.tip()).max(tip).min(offer)));
    }

    private static BigInteger raised(BigInteger value) {
        return value.multiply(BigInteger.valueOf(5)).shiftRight(2).add(BigInteger.ONE);
    }
}
