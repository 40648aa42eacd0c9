package io.veilflow.zk.rule.job;

import io.veilflow.zk.rule.Expression;
import io.veilflow.zk.rule.RoleBuilder;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.RuleBuilder;
import java.math.BigInteger;
import java.util.List;

/**
 * Rule {@code settlement} v1: whether a trade can settle. A custodian knows what stands on each payer's account, each payer the amount
 * that it will pay; account k serves leg k.
 *
 * <p>{@code settles} is 1 if no leg is larger than the balance of its account and the legs together reach the total (PARAMETER).
 * A balance that is exactly the amount is enough, a sum that is exactly the total too; an empty slot is a leg of zero, which is
 * always funded. Balances, amounts and which leg lacks funds stay hidden.
 */
public final class SettlementRule {
    public static final int AMOUNT_BITS = 64;
    public static final int TOTAL_BITS = 84;

    private final Rule rule;

    private SettlementRule(Rule rule) {
        this.rule = rule;
    }

    /** Roles: {@code custodian} with the field balance, {@code payer} with the field amount, as many slots each. */
    public static SettlementRule of(int legs) {
        RuleBuilder rule = RuleBuilder.named("settlement-v1");
        RoleBuilder custodian = rule.role("custodian", legs);
        RoleBuilder payer = rule.role("payer", legs);
        Expression balance = custodian.secret("balance", AMOUNT_BITS);
        Expression amount = payer.secret("amount", AMOUNT_BITS);
        Expression total = rule.parameter("total", TOTAL_BITS);

        Expression unfunded = balance.zipTo(payer).lessThan(amount).sumOverSlots();
        Expression funded = unfunded.equalTo(rule.constant(0));
        Expression reached = total.atMost(amount.sumOverSlots());
        return new SettlementRule(rule.output("settles", funded.and(reached)).build());
    }

    public Rule rule() {
        return rule;
    }

    /** Public inputs in declared order. */
    public List<BigInteger> publicInputs(BigInteger total) {
        return List.of(total);
    }
}
