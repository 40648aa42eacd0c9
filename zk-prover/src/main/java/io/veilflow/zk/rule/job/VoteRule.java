package io.veilflow.zk.rule.job;

import io.veilflow.zk.rule.Expression;
import io.veilflow.zk.rule.RoleBuilder;
import io.veilflow.zk.rule.Rule;
import io.veilflow.zk.rule.RuleBuilder;
import java.math.BigInteger;
import java.util.List;

/**
 * Rule {@code vote} v1: whether a motion is carried. A registrar knows what each voter's vote weighs, each voter its own choice; slot k
 * of the one role belongs to slot k of the other.
 *
 * <p>A choice is 0 (none, as in an empty slot), 1 (yes) or 2 (no). {@code passed} is 1 if both hold:
 *
 * <pre>10000 * weight of all who chose &gt;= quorum * weight of all
 * 10000 * weight of all who said yes &gt; majority * weight of all who chose</pre>
 *
 * with quorum and majority in basis points (PARAMETER): the quorum is reached exactly at its limit, a tie at the majority fails, and
 * a vote in which nobody chose is not carried. Weights, choices, turnout and who took part stay hidden.
 */
public final class VoteRule {
    public static final int WEIGHT_BITS = 64;
    public static final int BASIS_POINT_BITS = 14;
    public static final int BASIS_POINTS = 10_000;

    /** What a voter submits. */
    public enum Choice {
        NONE,
        YES,
        NO
    }

    private final Rule rule;

    private VoteRule(Rule rule) {
        this.rule = rule;
    }

    /** Roles: {@code registrar} with the field weight, {@code voter} with the field choice, as many slots each. */
    public static VoteRule of(int voters) {
        RuleBuilder rule = RuleBuilder.named("vote-v1");
        RoleBuilder registrar = rule.role("registrar", voters);
        RoleBuilder voter = rule.role("voter", voters);
        Expression weight = registrar.secret("weight", WEIGHT_BITS);
        Expression choice = voter.secret("choice", 0, Choice.NO.ordinal());
        Expression quorum = rule.parameter("quorum", BASIS_POINT_BITS);
        Expression majority = rule.parameter("majority", BASIS_POINT_BITS);

        Expression ofVoter = weight.zipTo(voter);
        Expression yes = choice.equalTo(rule.constant(Choice.YES.ordinal()));
        Expression no = choice.equalTo(rule.constant(Choice.NO.ordinal()));
        Expression yesWeight = ofVoter.times(yes).sumOverSlots();
        Expression chosenWeight = ofVoter.times(yes.plus(no)).sumOverSlots();
        Expression quorate = weight.sumOverSlots().times(quorum).atMost(chosenWeight.times(BASIS_POINTS));
        Expression carried = chosenWeight.times(majority).lessThan(yesWeight.times(BASIS_POINTS));
        return new VoteRule(rule.output("passed", quorate.and(carried)).build());
    }

    public Rule rule() {
        return rule;
    }

    /** Public inputs in declared order, both in basis points. */
    public List<BigInteger> publicInputs(int quorum, int majority) {
        return List.of(BigInteger.valueOf(quorum), BigInteger.valueOf(majority));
    }
}
