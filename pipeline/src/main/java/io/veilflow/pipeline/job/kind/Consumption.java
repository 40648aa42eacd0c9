package io.veilflow.pipeline.job.kind;

import io.veilflow.zk.rule.Rule;
import java.util.Optional;

/**
 * What happens to a result on the chain.
 *
 * @param contract that acts on it
 * @param output by which the contract acts; empty: the rule's first
 * @param explanation one sentence: what the contract does, or why none is needed
 */
public record Consumption(Contract contract, Optional<String> output, String explanation) {
    /** The consumers that come with Veilflow. */
    public enum Contract {
        MARKET_GUARD("MarketGuard"),
        RISK_FEED("RiskFeed"),
        SETTLEMENT_ESCROW("SettlementEscrow"),
        VOTE_EXECUTOR("VoteExecutor"),
        ELIGIBILITY_LIST("EligibilityList"),
        /** The registry's record is the result. */
        NONE("WindowRegistry");

        private final String title;

        Contract(String title) {
            this.title = title;
        }

        /** Name of the contract. */
        public String title() {
            return title;
        }
    }

    /** A contract that acts by the rule's first output. */
    public Consumption(Contract contract, String explanation) {
        this(contract, Optional.empty(), explanation);
    }

    /** Name of the output by which the contract acts. */
    public String output(Rule rule) {
        return output.orElseGet(() -> rule.outputs().get(0).name());
    }

    /** Nobody but readers of the registry. */
    public static Consumption registryOnly(String explanation) {
        return new Consumption(Contract.NONE, explanation);
    }
}
