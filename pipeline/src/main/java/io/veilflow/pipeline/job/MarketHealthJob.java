package io.veilflow.pipeline.job;

import io.veilflow.zk.rule.MarketHealthRule;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;

/**
 * The parameters of a market-health job: assets and the three limits of its risk level. Names what the bounded integers
 * of the rule mean.
 *
 * <p><b>Scale</b> (PROTOCOLS 14). An amount is a whole number of 10^-decimals of its asset. A price is a whole number of
 * 10^-8 for one whole unit of the asset. So that amounts of assets with different decimals can be added, the price that
 * enters the rule is multiplied by 10^(D - decimals), where D is the largest number of decimals of the job; the product
 * must be below 2^64.
 *
 * @param assets 1 to 16, in the order of amounts in a slot and of values in a tick
 * @param limitsBps three, ascending: share of the debt's value at risk, in basis points, at which level 1, 2, 3 begins
 */
public record MarketHealthJob(List<Asset> assets, List<Integer> limitsBps) {
    public static final int ASSETS_MAX = MarketHealthRule.ASSETS_MAX;
    public static final int LIMITS = MarketHealthRule.LIMITS;
    public static final int PRICE_DECIMALS = 8;
    public static final int BPS = MarketHealthRule.BASIS_POINTS;

    public MarketHealthJob {
        assets = List.copyOf(assets);
        limitsBps = List.copyOf(limitsBps);
    }

    /**
     * A price as it enters a tick and the rule.
     *
     * @param asset index of the asset
     * @param price of one whole unit, a whole number of 10^-8, above 0
     * @throws IllegalArgumentException if the scaled price is not in [1, 2^64)
     */
    public BigInteger scaledPrice(int asset, BigInteger price) {
        BigInteger scaled = price.multiply(priceScale(asset));
        if (scaled.signum() <= 0 || scaled.bitLength() > MarketHealthRule.PRICE_BITS) {
            throw new IllegalArgumentException(
                    "price " + price + " of " + assets.get(asset).name() + " becomes " + scaled
                            + " when decimals are evened out; 1 to 2^64 - 1 can be computed with");
        }
        return scaled;
    }

    /** Thresholds of the assets, then the limits: the PARAMETER inputs of the rule in declared order. */
    public List<BigInteger> parameterValues() {
        return Stream.concat(assets.stream().map(Asset::thresholdBps), limitsBps.stream())
                .map(BigInteger::valueOf)
                .toList();
    }

    /** 10^(D - decimals of the asset), D the largest number of decimals of the job. */
    public BigInteger priceScale(int asset) {
        int most = assets.stream().mapToInt(Asset::decimals).max().orElseThrow();
        return BigInteger.TEN.pow(most - assets.get(asset).decimals());
    }
}
