package io.veilflow.pipeline.post;

import io.veilflow.pipeline.post.NonceInFlight.Offered;
import io.veilflow.pipeline.post.SettlementException.Reason;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/**
 * Waits until one of the transactions under a nonce is in a block. A node that loses the transaction gets it again; a nonce that is
 * used though none of ours is in a block belongs to somebody else.
 */
final class InclusionWait {
    private static final long POLL_MILLIS_MIN = 5;
    private static final long POLL_MILLIS_MAX = 500;
    /** A node may answer the two questions from two blocks, so one look is not enough. */
    private static final int LOOKS = 3;

    private static final int FAILURES_MAX = 3;

    private final EthereumNode node;
    private final String sender;
    private final Duration deadline;

    InclusionWait(EthereumNode node, String sender, Duration deadline) {
        this.node = node;
        this.sender = sender;
        this.deadline = deadline;
    }

    /** @throws SettlementException NOT_INCLUDED, NONCE_TAKEN, or UNREACHABLE after some failures in a row */
    TransactionReceipt await(NonceInFlight flight, TransactionCall call) {
        long end = System.nanoTime() + deadline.toNanos();
        int looksAtUsedNonce = 0;
        int failures = 0;
        for (long poll = POLL_MILLIS_MIN; ; poll = Math.min(POLL_MILLIS_MAX, 2 * poll)) {
            try {
                Optional<TransactionReceipt> receipt = included(flight, call);
                if (receipt.isPresent()) {
                    return receipt.get();
                }
                if (isUsed(flight.nonce())) {
                    looksAtUsedNonce++;
                } else if (poll == POLL_MILLIS_MAX) {
                    offerIfLost(flight);
                }
                failures = 0;
            } catch (SettlementException unreachable) {
                failures++;
                if (failures >= FAILURES_MAX) {
                    throw unreachable;
                }
            }
            if (looksAtUsedNonce >= LOOKS) {
                throw new SettlementException(
                        Reason.NONCE_TAKEN, "another transaction of " + sender + " has nonce " + flight.nonce());
            }
            if (System.nanoTime() - end >= 0) {
                throw new SettlementException(
                        Reason.NOT_INCLUDED, "nonce " + flight.nonce() + " is in no block after " + deadline);
            }
            Retries.pause(poll);
        }
    }

    private Optional<TransactionReceipt> included(NonceInFlight flight, TransactionCall call) {
        for (String hash : flight.hashesOf(call)) {
            Optional<TransactionReceipt> receipt = node.receipt(hash);
            if (receipt.isPresent()) {
                return receipt;
            }
        }
        return Optional.empty();
    }

    private boolean isUsed(BigInteger nonce) {
        return node.nonce(sender).compareTo(nonce) > 0;
    }

    /** Pools forget, above all those of nodes that restart. */
    private void offerIfLost(NonceInFlight flight) {
        Optional<Offered> last = flight.last();
        if (last.isPresent() && !node.knows(last.get().hash())) {
            node.send(node.web3().ethSendRawTransaction(last.get().signed()));
        }
    }
}
