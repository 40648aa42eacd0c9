package io.veilflow.zk.rule;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Rule {@code market-health} v1: how much of a lending market's debt stands on collateral that no longer carries it.
 *
 * <p>A slot is a position: an amount of collateral and an amount of debt for each asset, 64 bits in the job's unit. With
 * public prices (FEED) and liquidation thresholds in basis points (PARAMETER) a position is <em>at risk</em> if
 *
 * <pre>sum(collateral * price * threshold) &lt; sum(debt * price * 10000)</pre>
 *
 * and the published level, 0 to 3, is the number of public limits (PARAMETER, basis points of the debt value) with
 *
 * <pre>limit * total debt value &lt; 10000 * debt value at risk</pre>
 *
 * Integers are exact, nothing is rounded. Edges: a position exactly at its limit is not at risk; a share exactly at a
 * limit does not raise the level; a position without debt is never at risk, so a market without debt has level 0 (both
 * sides of every comparison are zero). The amounts, the positions at risk and the debt values stay hidden.
 */
public final class MarketHealthRule {
    public static final int ASSETS_MAX = 16;
    public static final int AMOUNT_BITS = 64;
    public static final int PRICE_BITS = 64;
    public static final int BASIS_POINT_BITS = 14;
    public static final int BASIS_POINTS = 10_000;
    public static final int LIMITS = 3;

    private final Rule rule;
    private final int assets;
    private final int slots;
    private final int atRiskNode;

    private MarketHealthRule(Rule rule, int assets, int slots, int atRiskNode) {
        this.rule = rule;
        this.assets = assets;
        this.slots = slots;
        this.atRiskNode = atRiskNode;
    }

    /**
     * Fields of a slot: collateral of every asset, then debt of every asset. Public inputs: prices, thresholds, limits.
     *
     * @param assets 1 to 16
     * @param slots positions in all
     */
    public static MarketHealthRule of(int assets, int slots) {
        if (assets < 1 || assets > ASSETS_MAX) {
            throw new RuleException(
                    RuleException.Reason.MALFORMED,
                    "market-health: " + assets + " assets, not from 1 to " + ASSETS_MAX);
        }
        RuleBuilder rule = RuleBuilder.named("market-health-v1");
        RoleBuilder position = rule.role("position", slots);
        List<Expression> collaterals = new ArrayList<>();
        List<Expression> debts = new ArrayList<>();
        for (int asset = 0; asset < assets; asset++) {
            collaterals.add(position.secret("collateral-" + asset, AMOUNT_BITS));
        }
        for (int asset = 0; asset < assets; asset++) {
            debts.add(position.secret("debt-" + asset, AMOUNT_BITS));
        }
        List<Expression> prices = new ArrayList<>();
        List<Expression> thresholds = new ArrayList<>();
        List<Expression> limits = new ArrayList<>();
        for (int asset = 0; asset < assets; asset++) {
            prices.add(rule.feed("price-" + asset, PRICE_BITS));
        }
        for (int asset = 0; asset < assets; asset++) {
            thresholds.add(rule.parameter("threshold-" + asset, BASIS_POINT_BITS));
        }
        for (int limit = 0; limit < LIMITS; limit++) {
            limits.add(rule.parameter("limit-" + limit, BASIS_POINT_BITS));
        }

        List<Expression> carried = new ArrayList<>();
        List<Expression> owed = new ArrayList<>();
        for (int asset = 0; asset < assets; asset++) {
            // price and threshold are multiplied first: a public product, so that the position's side stays linear
            carried.add(collaterals.get(asset).times(prices.get(asset).times(thresholds.get(asset))));
            owed.add(debts.get(asset).times(prices.get(asset)));
        }
        Expression debtValue = rule.total(owed);
        Expression atRisk = rule.total(carried).lessThan(debtValue.times(BASIS_POINTS));
        Expression totalDebtValue = debtValue.sumOverSlots();
        Expression atRiskShare = debtValue.times(atRisk).sumOverSlots().times(BASIS_POINTS);
        List<Expression> exceeded = new ArrayList<>();
        for (Expression limit : limits) {
            exceeded.add(totalDebtValue.times(limit).lessThan(atRiskShare));
        }
        Rule built = rule.output("level", rule.total(exceeded)).build();
        return new MarketHealthRule(built, assets, slots, atRisk.node());
    }

    public Rule rule() {
        return rule;
    }

    public int assets() {
        return assets;
    }

    public int slots() {
        return slots;
    }

    /** Public inputs in declared order. */
    public List<BigInteger> publicInputs(
            List<BigInteger> prices, List<BigInteger> thresholds, List<BigInteger> limits) {
        if (prices.size() != assets || thresholds.size() != assets || limits.size() != LIMITS) {
            throw new RuleException(
                    RuleException.Reason.INPUT_OUT_OF_RANGE,
                    prices.size() + " prices, " + thresholds.size() + " thresholds, " + limits.size() + " limits, not "
                            + assets + ", " + assets + ", " + LIMITS);
        }
        List<BigInteger> inputs = new ArrayList<>(prices);
        inputs.addAll(thresholds);
        inputs.addAll(limits);
        return inputs;
    }

    /** The published level of a reading in the clear, 0 to 3. */
    public int level(ClearReading reading) {
        return reading.outputs().get(0).intValueExact();
    }

    /** Whether a position of a reading in the clear is at risk. Never published. */
    public boolean atRisk(ClearReading reading, int slot) {
        return reading.values(atRiskNode).get(slot).signum() > 0;
    }
}
