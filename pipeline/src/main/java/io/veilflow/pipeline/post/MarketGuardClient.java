package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.contracts.MarketGuard;
import io.veilflow.pipeline.post.SettlementException.Reason;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** A deployed {@code MarketGuard} as its users see it. */
public final class MarketGuardClient implements AutoCloseable {
    private final EthereumNode node;
    private final ByteString guard;
    private final AccountSender sender;
    private final PosterAccount account;

    private MarketGuardClient(EthereumNode node, ByteString guard, PosterAccount account, Duration inclusionDeadline) {
        this.node = node;
        this.guard = guard;
        this.account = account;
        this.sender = new AccountSender(node, account, inclusionDeadline);
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
        TransactionReceipt receipt = send(MarketGuard.FUNC_SYNC, List.of());
        return new Changes(
                !MarketGuard.getBorrowingPausedEvents(receipt).isEmpty(),
                !MarketGuard.getBorrowingResumedEvents(receipt).isEmpty());
    }

    /** Why borrowing would be refused now; empty if it is open. Sends nothing. */
    public Optional<String> refusalToBorrow() {
        try {
            node.call(Hex.text(account.address()), guard, borrowCall());
            return Optional.empty();
        } catch (SettlementException e) {
            if (e.reason() == Reason.REFUSED) {
                return Optional.of(e.getMessage());
            }
            throw e;
        }
    }

    @Override
    public void close() {
        node.close();
    }

    private static String borrowCall() {
        return FunctionEncoder.encode(
                new Function(MarketGuard.FUNC_BORROW, List.of(new Uint256(BigInteger.ONE)), List.of()));
    }

    @SuppressWarnings("rawtypes") // as web3j declares it
    private TransactionReceipt send(String function, List<Type> arguments) {
        TransactionReceipt receipt =
                sender.send(Optional.of(guard), FunctionEncoder.encode(new Function(function, arguments, List.of())));
        if (!receipt.isStatusOK()) {
            throw new SettlementException(
                    Reason.REFUSED, "transaction " + receipt.getTransactionHash() + " failed in its block");
        }
        return receipt;
    }
}
