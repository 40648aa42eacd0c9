package io.veilflow.pipeline.evaluate;

import io.veilflow.mpc.replicated.ElementShares;
import io.veilflow.zk.rule.RuleNode;

/** Where comparisons leave what the circuit wants besides their value. Copies what it keeps. */
interface AdviceTaker {
    /** For steps of a search: the circuit never sees them. */
    AdviceTaker NOBODY = new AdviceTaker() {
        @Override
        public void flags(RuleNode node, ElementShares flags) {
            // not part of the circuit
        }

        @Override
        public void range(RuleNode node, BitNumbers slack) {
            // not part of the circuit
        }
    };

    /** The value of a comparison or an equality, per slot. */
    void flags(RuleNode node, ElementShares flags);

    /** The number that the circuit shows to be in range, per slot. */
    void range(RuleNode node, BitNumbers slack);
}
