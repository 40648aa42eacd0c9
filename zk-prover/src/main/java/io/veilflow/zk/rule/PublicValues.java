package io.veilflow.zk.rule;

import java.math.BigInteger;
import java.util.List;

/**
 * All that a window publishes beside its context.
 *
 * @param outputs in the order of the rule's outputs
 * @param publicInputs FEED and PARAMETER in declared order
 */
public record PublicValues(List<BigInteger> outputs, List<BigInteger> publicInputs) {
    public PublicValues {
        outputs = List.copyOf(outputs);
        publicInputs = List.copyOf(publicInputs);
    }
}
