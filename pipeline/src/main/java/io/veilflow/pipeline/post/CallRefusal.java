package io.veilflow.pipeline.post;

import io.veilflow.contracts.ContractErrors;
import io.veilflow.pipeline.post.SettlementException.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.web3j.protocol.core.Response;

/** What it means when a node does not run a call, or does not estimate its gas: the contract reverts, or the node has trouble. */
final class CallRefusal {
    private static final int REVERTED = 3;
    /** Errors of the registry that pass by themselves, as {@link ContractErrors} names them. */
    private static final List<String> PASSING = List.of(
            "WindowOutOfOrder(",
            "EnforcedPause(",
            "AttestedTooEarly(",
            "GroupKeyNotUsable(",
            "PriceFeedUnusable(",
            "PriceDeviates(");

    private CallRefusal() {}

    static SettlementException of(Response.Error error, ContractErrors errors) {
        Optional<String> revert =
                Optional.ofNullable(error.getData()).map(data -> errors.describe(data.replace("\"", "")));
        String message = revert.orElse(String.valueOf(error.getMessage()));
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("insufficient funds")) {
            return new SettlementException(Reason.INSUFFICIENT_FUNDS, message);
        }
        if (revert.isEmpty() && error.getCode() != REVERTED && !lower.contains("revert") && !lower.contains("gas")) {
            return new SettlementException(Reason.UNREACHABLE, "the node does not run a call: " + message);
        }
        boolean passing = PASSING.stream().anyMatch(message::startsWith);
        return new SettlementException(passing ? Reason.NOT_YET : Reason.REFUSED, message);
    }
}
