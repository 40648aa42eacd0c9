package io.veilflow.zk.rule.job;

import io.veilflow.zk.rule.Expression;
import io.veilflow.zk.rule.RoleBuilder;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.RuleBuilder;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Rule {@code eligibility} v1: for each applicant one bit, whether it may take part, from attributes that nobody sees or stores.
 *
 * <p>An applicant in a slot that is in use is eligible if all hold:
 *
 * <pre>age &gt;= minimum-age
 * income &gt;= minimum-income
 * 10000 * debt &lt;= debt-limit * income          (debt-limit in basis points)
 * resident, or in the register of those exempt
 * defaults &lt;= most-defaults</pre>
 *
 * Every limit itself is still eligible. A slot that is not in use gets 0. Limits are PARAMETER inputs, in the units of the job.
 */
public final class EligibilityRule {
    public static final int AGE_BITS = 7;
    public static final int MONEY_BITS = 48;
    public static final int BASIS_POINT_BITS = 20;
    public static final int DEFAULTS_MAX = 100;
    public static final int BASIS_POINTS = 10_000;

    private final Rule rule;

    private EligibilityRule(Rule rule) {
        this.rule = rule;
    }

    /**
     * What an applicant must meet.
     *
     * @param minimumIncome in the job's unit of money
     * @param debtLimit basis points of the income
     */
    public record Criteria(int minimumAge, long minimumIncome, int debtLimit, int mostDefaults) {}

    /** Fields of a slot: age, income, debt, resident, exempt, defaults. */
    public static EligibilityRule of(int applicants) {
        RuleBuilder rule = RuleBuilder.named("eligibility-v1");
        RoleBuilder applicant = rule.role("applicant", applicants);
        Expression age = applicant.secret("age", AGE_BITS);
        Expression income = applicant.secret("income", MONEY_BITS);
        Expression debt = applicant.secret("debt", MONEY_BITS);
        Expression resident = applicant.secret("resident", 1);
        Expression exempt = applicant.secret("exempt", 1);
        Expression defaults = applicant.secret("defaults", 0, DEFAULTS_MAX);
        Expression minimumAge = rule.parameter("minimum-age", AGE_BITS);
        Expression minimumIncome = rule.parameter("minimum-income", MONEY_BITS);
        Expression debtLimit = rule.parameter("debt-limit", BASIS_POINT_BITS);
        Expression mostDefaults = rule.parameter("most-defaults", AGE_BITS);

        Expression eligible = minimumAge
                .atMost(age)
                .and(minimumIncome.atMost(income))
                .and(debt.times(BASIS_POINTS).atMost(income.times(debtLimit)))
                .and(resident.or(exempt))
                .and(defaults.atMost(mostDefaults))
                .and(applicant.used());
        return new EligibilityRule(rule.outputEach("eligible", eligible).build());
    }

    public Rule rule() {
        return rule;
    }

    /** Public inputs in declared order. */
    public List<BigInteger> publicInputs(Criteria criteria) {
        return LongStream.of(
                        criteria.minimumAge(), criteria.minimumIncome(), criteria.debtLimit(), criteria.mostDefaults())
                .mapToObj(BigInteger::valueOf)
                .toList();
    }
}
