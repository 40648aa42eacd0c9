package io.veilflow.zk.rule.job;

import io.veilflow.zk.rule.ClearReading;
import io.veilflow.zk.rule.Expression;
import io.veilflow.zk.rule.RoleBuilder;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.RuleBuilder;
import io.veilflow.zk.rule.RuleException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rule {@code market-health} v2: how much of a lending market's debt stands on collateral that no longer carries it, as prices are or
 * after each of a grid of price shocks.
 *
 * <p>A slot is a position: an amount of collateral and an amount of debt for each asset, 64 bits in the job's unit. With public
 * prices (FEED) and liquidation thresholds in basis points (PARAMETER) a position is <em>at risk</em> if
 *
 * <pre>sum(collateral * price * threshold) &lt; sum(debt * price * 10000)</pre>
 *
 * and the published {@code level}, 0 to 3, is the number of public limits (PARAMETER, basis points of the debt value) with
 *
 * <pre>limit * total debt value &lt; 10000 * debt value at risk</pre>
 *
 * <p>With two shocks or more (PARAMETER, basis points, from mild to severe) shock k takes all collateral to shock-k of its price and leaves
 * the debts as they are: the left side counts times shock-k, the right side times 10000. {@code level-k} is the level then, and {@code
 * stop-at} the first k whose level reaches the public stop level (PARAMETER), the number of shocks if none does: the market's own
 * liquidation threshold. One shock of 10000 would be the rule without shocks, and that is what one shock means here.
 *
 * <p>Integers are exact, nothing is rounded. Edges: a position exactly at its limit is not at risk; a share exactly at a limit does
 * not raise the level; a position without debt is never at risk, so a market without debt has level 0 (both sides of every
 * comparison are zero). The amounts, the positions at risk and the debt values stay hidden.
 */
public final class MarketHealthRule {
    public static final int ASSETS_MAX = 16;
    public static final int SHOCKS_MAX = 16;
    public static final int AMOUNT_BITS = 64;
    public static final int PRICE_BITS = 64;
    public static final int BASIS_POINT_BITS = 14;
    public static final int BASIS_POINTS = 10_000;
    public static final int LIMITS = 3;
    public static final int LEVEL_BITS = 2;

    private final Rule rule;
    private final int atRiskNode;

    private MarketHealthRule(Rule rule, int atRiskNode) {
        this.rule = rule;
        this.atRiskNode = atRiskNode;
    }

    /** As prices are: {@code level} alone. */
    public static MarketHealthRule of(int assets, int slots) {
        return of(assets, slots, 1);
    }

    /**
     * Fields of a slot: collateral of every asset, then debt of every asset. Public inputs: prices, thresholds, limits, and with two
     * shocks or more the shocks and the stop level.
     *
     * @param assets 1 to 16
     * @param slots positions in all
     * @param shocks 1 to 16
     */
    public static MarketHealthRule of(int assets, int slots, int shocks) {
        requireCount("assets", assets, ASSETS_MAX);
        requireCount("shocks", shocks, SHOCKS_MAX);
        RuleBuilder rule = RuleBuilder.named("market-health-v2");
        RoleBuilder position = rule.role("position", slots);
        List<Expression> collaterals = amounts(position, "collateral", assets);
        List<Expression> debts = amounts(position, "debt", assets);
        List<Expression> prices = rule.feedVector("price", assets, PRICE_BITS);
        List<Expression> thresholds = rule.parameterVector("threshold", assets, BASIS_POINT_BITS);
        List<Expression> limits = rule.parameterVector("limit", LIMITS, BASIS_POINT_BITS);

        List<Expression> carried = new ArrayList<>();
        List<Expression> owed = new ArrayList<>();
        for (int asset = 0; asset < assets; asset++) {
            // price and threshold are multiplied first: a public product, so that the position's side stays linear
            carried.add(collaterals.get(asset).times(prices.get(asset).times(thresholds.get(asset))));
            owed.add(debts.get(asset).times(prices.get(asset)));
        }
        Expression carriedValue = rule.total(carried);
        Expression debtValue = rule.total(owed);
        Expression needed = debtValue.times(BASIS_POINTS);
        List<Expression> atRisk = new ArrayList<>();
        if (shocks == 1) {
            atRisk.add(carriedValue.lessThan(needed));
        } else {
            Expression neededThen = needed.times(BASIS_POINTS);
            for (Expression shock : rule.parameterVector("shock", shocks, BASIS_POINT_BITS)) {
                atRisk.add(carriedValue.times(shock).lessThan(neededThen));
            }
        }
        List<Expression> levels = levels(atRisk, debtValue, limits, rule);
        for (int shock = 0; shock < shocks; shock++) {
            rule.output(shocks == 1 ? "level" : "level-" + shock, levels.get(shock));
        }
        if (shocks > 1) {
            rule.output("stop-at", calmShocks(levels, rule.parameter("stop-level", LEVEL_BITS), rule));
        }
        return new MarketHealthRule(rule.build(), atRisk.get(0).node());
    }

    private static List<Expression> amounts(RoleBuilder position, String name, int assets) {
        return IntStream.range(0, assets)
                .mapToObj(asset -> position.secret(name + "-" + asset, AMOUNT_BITS))
                .toList();
    }

    private static List<Expression> levels(
            List<Expression> atRisk, Expression debtValue, List<Expression> limits, RuleBuilder rule) {
        Expression totalDebtValue = debtValue.sumOverSlots();
        List<Expression> allowed = limits.stream().map(totalDebtValue::times).toList();
        List<Expression> levels = new ArrayList<>();
        for (Expression position : atRisk) {
            Expression share = debtValue.times(position).sumOverSlots().times(BASIS_POINTS);
            levels.add(rule.total(
                    allowed.stream().map(limit -> limit.lessThan(share)).toList()));
        }
        return levels;
    }

    /** How many shocks in a row, from the first, leave the level below the one to stop at. */
    private static Expression calmShocks(List<Expression> levels, Expression stopLevel, RuleBuilder rule) {
        List<Expression> calm = new ArrayList<>();
        for (Expression level : levels) {
            Expression here = level.lessThan(stopLevel);
            calm.add(calm.isEmpty() ? here : calm.get(calm.size() - 1).and(here));
        }
        return rule.total(calm);
    }

    public Rule rule() {
        return rule;
    }

    /** Public inputs without shocks, in declared order. */
    public List<BigInteger> publicInputs(
            List<BigInteger> prices, List<BigInteger> thresholds, List<BigInteger> limits) {
        return publicInputs(prices, thresholds, limits, List.of());
    }

    /**
     * Public inputs in declared order.
     *
     * @param shocksAndStop basis points of each shock, then the stop level, 1 to 3; empty for the rule with one shock
     */
    public List<BigInteger> publicInputs(
            List<BigInteger> prices,
            List<BigInteger> thresholds,
            List<BigInteger> limits,
            List<BigInteger> shocksAndStop) {
        return Stream.of(prices, thresholds, limits, shocksAndStop)
                .flatMap(List::stream)
                .toList();
    }

    /** The published level of a reading in the clear under the first shock, 0 to 3. */
    public int level(ClearReading reading) {
        return reading.outputs().get(0).intValueExact();
    }

    /** Whether a position of a reading in the clear is at risk under the first shock. Never published. */
    public boolean atRisk(ClearReading reading, int slot) {
        return reading.values(atRiskNode).get(slot).signum() > 0;
    }

    private static void requireCount(String what, int count, int most) {
        if (count < 1 || count > most) {
            throw new RuleException(
                    RuleException.Reason.MALFORMED, "market-health: " + count + " " + what + ", not from 1 to " + most);
        }
    }
}
