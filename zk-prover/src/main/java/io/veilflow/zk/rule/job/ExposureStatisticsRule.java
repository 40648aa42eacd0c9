package io.veilflow.zk.rule.job;

import io.veilflow.zk.rule.Expression;
import io.veilflow.zk.rule.Interval;
import io.veilflow.zk.rule.RoleBuilder;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.RuleBuilder;
import io.veilflow.zk.rule.RuleException;
import java.util.List;

/**
 * Rule {@code exposure-statistics} v1: sum, average, variance and concentration of hidden exposures of several banks.
 *
 * <p>A slot is one exposure, a number of at most 32 bits in the job's unit (the EBA's largest, 2,326,802 million euro, in thousands of
 * euro). Of the n exposures x in slots in use, with S the sum of x, Q the sum of x^2 and T_b the sum over bank b:
 *
 * <pre>sum      = S
 * average  = S / n                       rounded down
 * variance = (n*Q - S^2) / n^2           of the whole, rounded down
 * hhi      = 10000 * sum(T_b^2) / S^2    rounded down: 10000 if one bank has everything, 10000 / banks if all have the same</pre>
 *
 * The Herfindahl-Hirschman index is over banks, average and variance are over exposures. Quotients are exact: {@code greatest} finds
 * them, the proof shows quotient and remainder. Without any exposure all four are 0. A number in a slot that is not in use does not
 * count. Single exposures and the totals of banks stay hidden; n is public.
 */
public final class ExposureStatisticsRule {
    public static final int AMOUNT_BITS_MAX = 32;
    public static final int BASIS_POINTS = 10_000;
    private static final int HHI_BITS = 14;

    private final Rule rule;

    private ExposureStatisticsRule(Rule rule) {
        this.rule = rule;
    }

    /**
     * @param exposuresOfBanks slots of each bank, in slot order
     * @param amountBits of an exposure, 2 to 32
     */
    public static ExposureStatisticsRule of(List<Integer> exposuresOfBanks, int amountBits) {
        if (amountBits < 2 || amountBits > AMOUNT_BITS_MAX) {
            throw new RuleException(
                    RuleException.Reason.MALFORMED,
                    "exposure-statistics: amounts of " + amountBits + " bits, not from 2 to " + AMOUNT_BITS_MAX);
        }
        RuleBuilder rule = RuleBuilder.named("exposure-statistics-v1");
        RoleBuilder exposure = rule.role("exposure", exposuresOfBanks);
        Expression used = exposure.used();
        Expression amount = exposure.secret("amount", amountBits).times(used);
        Expression count = used.sumOverSlots();

        Expression sum = amount.sumOverSlots();
        Expression squares = amount.times(amount).sumOverSlots();
        Expression sumSquared = sum.times(sum);
        Expression ofBank = amount.sumByOwner();
        Expression bankSquares = ofBank.times(ofBank).sumOverSlots();

        Expression average =
                rule.quotient(sum, count, Interval.ofBits(amountBits).max());
        // a variance is at most a quarter of the squared range
        Expression variance = rule.quotient(
                count.times(squares).minus(sumSquared),
                count.times(count),
                Interval.ofBits(2 * amountBits - 2).max());
        Expression hhi = rule.quotient(
                bankSquares.times(BASIS_POINTS),
                sumSquared,
                Interval.ofBits(HHI_BITS).max());
        return new ExposureStatisticsRule(rule.output("sum", sum)
                .output("average", average)
                .output("variance", variance)
                .output("hhi", hhi)
                .build());
    }

    public Rule rule() {
        return rule;
    }
}
