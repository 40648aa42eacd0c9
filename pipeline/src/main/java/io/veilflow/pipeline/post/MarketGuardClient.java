package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.contracts.MarketGuard;
import io.veilflow.pipeline.post.SettlementException.Reason;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Function;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** Keeps a deployed {@code MarketGuard} up to date with the registry; anybody may. */
public final class MarketGuardClient implements AutoCloseable {
    private final EthereumNode node;
    private final ByteString guard;
    private final AccountSender sender;

    private MarketGuardClient(EthereumNode node, ByteString guard, PosterAccount account, Duration inclusionDeadline) {
        this.node = node;
        this.guard = guard;
        this.sender = AccountSender.through(node, account, inclusionDeadline);
    }

    /**
     * What one {@code sync} changed, in order.
     *
     * @param paused borrowing was paused at some window
     * @param resumed borrowing was resumed at some window
     */
    public record Changes(boolean paused, boolean resumed) {}

    /** @param guard address, 20 bytes */
    public static MarketGuardClient connect(
            URI url, long expectedChainId, ByteString guard, PosterAccount account, Duration inclusionDeadline) {
        return new MarketGuardClient(EthereumNode.connect(url, expectedChainId), guard, account, inclusionDeadline);
    }

    /** Lets the guard process the newly posted windows. */
    public Changes sync() {
        String call = FunctionEncoder.encode(new Function(MarketGuard.FUNC_SYNC, List.of(), List.of()));
        TransactionReceipt receipt = sender.send(Optional.of(guard), call);
        if (!receipt.isStatusOK()) {
            throw new SettlementException(
                    Reason.NOT_INCLUDED, "transaction " + receipt.getTransactionHash() + " failed in its block");
        }
        return new Changes(
                !MarketGuard.getBorrowingPausedEvents(receipt).isEmpty(),
                !MarketGuard.getBorrowingResumedEvents(receipt).isEmpty());
    }

    @Override
    public void close() {
        node.close();
    }
}
