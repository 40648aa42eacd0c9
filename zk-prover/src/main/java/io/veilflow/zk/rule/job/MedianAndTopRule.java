package io.veilflow.zk.rule.job;

import io.veilflow.zk.rule.Expression;
import io.veilflow.zk.rule.Interval;
import io.veilflow.zk.rule.RoleBuilder;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.RuleBuilder;
import io.veilflow.zk.rule.RuleException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Rule {@code median-and-top} v1: the median, any quantiles and the cut of the top k of hidden numbers, right with ties.
 *
 * <p>Of the n numbers in slots in use, in ascending order x_0 to x_{n-1}:
 *
 * <ul>
 *   <li>{@code median} is x_{(n-1)/2}, rounded down (the lower one of two);
 *   <li>{@code quantile-j} is x_i with i = q_j * (n-1) / 10000 rounded down, q_j a PARAMETER from 1 to 10000 basis points;
 *   <li>{@code cut} is x_{n-k}, the k-th largest, k a PARAMETER of at least 1; {@code top} is how many numbers reach the cut: k, or
 *       more where others tie with the last of them.
 * </ul>
 *
 * Each is the greatest m such that few enough numbers lie below m, which counts ties right without sorting. With fewer than k
 * numbers the cut is 0 and all are in the top; with none everything is 0. What is published is numbers of the book themselves: that
 * is what an order statistic is. Whose they are stays hidden.
 */
public final class MedianAndTopRule {
    public static final int VALUE_BITS_MAX = 64;
    public static final int QUANTILES_MAX = 16;
    public static final int BASIS_POINTS = 10_000;
    public static final int BASIS_POINT_BITS = 14;
    public static final int COUNT_BITS = 20;

    private final Rule rule;
    private final int quantiles;

    private MedianAndTopRule(Rule rule, int quantiles) {
        this.rule = rule;
        this.quantiles = quantiles;
    }

    /**
     * @param entries slots in all, one number each
     * @param valueBits of a number, 1 to 64
     * @param quantiles beside the median, 0 to 16
     */
    public static MedianAndTopRule of(int entries, int valueBits, int quantiles) {
        if (quantiles < 0 || quantiles > QUANTILES_MAX) {
            throw new RuleException(
                    RuleException.Reason.MALFORMED,
                    "median-and-top: " + quantiles + " quantiles, not from 0 to " + QUANTILES_MAX);
        }
        RuleBuilder rule = RuleBuilder.named("median-and-top-v1");
        RoleBuilder entry = rule.role("entry", entries);
        Expression value = entry.secret("value", valueBits);
        Expression used = entry.used();
        Expression count = used.sumOverSlots();
        Expression steps = count.minus(rule.constant(1));
        BigInteger largest = Interval.ofBits(valueBits).max();

        Expression two = rule.constant(2);
        rule.output(
                "median",
                rule.greatest(largest, m -> below(value, m, used).times(two).atMost(steps)));
        List<Expression> shares = rule.parameterVector("quantile", quantiles, BASIS_POINT_BITS);
        for (int quantile = 0; quantile < quantiles; quantile++) {
            Expression share = shares.get(quantile).times(steps);
            rule.output("quantile-" + quantile, rule.greatest(largest, m -> below(value, m, used)
                    .times(BASIS_POINTS)
                    .atMost(share)));
        }
        Expression outside = count.minus(rule.parameter("top", COUNT_BITS));
        Expression cut = rule.greatest(largest, m -> below(value, m, used).atMost(outside));
        Expression top = value.lessThan(cut).not().times(used).sumOverSlots();
        rule.output("cut", cut).output("top", top);
        return new MedianAndTopRule(rule.build(), quantiles);
    }

    public Rule rule() {
        return rule;
    }

    /**
     * Public inputs in declared order.
     *
     * @param quantileBps one for each quantile, 1 to 10000
     * @param top k, at least 1
     */
    public List<BigInteger> publicInputs(List<Integer> quantileBps, int top) {
        if (quantileBps.size() != quantiles
                || top < 1
                || quantileBps.stream().anyMatch(share -> share < 1 || share > BASIS_POINTS)) {
            throw new RuleException(
                    RuleException.Reason.INPUT_OUT_OF_RANGE,
                    "median-and-top: " + quantiles + " quantiles from 1 to " + BASIS_POINTS
                            + " and a top of 1 or more");
        }
        List<BigInteger> inputs = new ArrayList<>();
        quantileBps.forEach(share -> inputs.add(BigInteger.valueOf(share)));
        inputs.add(BigInteger.valueOf(top));
        return inputs;
    }

    /** How many numbers in use lie below m: rises with m. */
    private static Expression below(Expression value, Expression m, Expression used) {
        return value.lessThan(m).times(used).sumOverSlots();
    }
}
