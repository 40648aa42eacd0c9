package io.veilflow.zk.rule;

import java.math.BigInteger;
import java.util.List;

/**
 * All that a window publishes beside its context.
 *
 * @param outputs value by value, in the order of the rule's outputs
 * @param publicInputs FEED and PARAMETER in declared order
 * @param used slots in use
 */
public record PublicValues(List<BigInteger> outputs, List<BigInteger> publicInputs, UsedSlots used) {
    public PublicValues {
        outputs = List.copyOf(outputs);
        publicInputs = List.copyOf(publicInputs);
    }

    /** With every slot in use. */
    public static PublicValues allUsed(Rule rule, List<BigInteger> outputs, List<BigInteger> publicInputs) {
        return new PublicValues(outputs, publicInputs, UsedSlots.all(rule));
    }
}
