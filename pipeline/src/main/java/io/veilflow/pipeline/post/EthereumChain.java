package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.contracts.WindowRegistry;
import io.veilflow.pipeline.post.SettlementException.Reason;
import io.veilflow.pipeline.sign.ResultMessage;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/**
 * {@link Chain} over JSON-RPC, posting from one account. Looks before it sends, and again after: another poster's transaction
 * with the same statement is as good as ours.
 */
public final class EthereumChain implements Chain, AutoCloseable {
    private final EthereumView view;
    private final PosterAccount account;
    private final AccountSender sender;

    private EthereumChain(EthereumView view, PosterAccount account, Duration inclusionDeadline) {
        this.view = view;
        this.account = account;
        this.sender = new AccountSender(view.node(), account, inclusionDeadline);
    }

    /**
     * @param registry address, 20 bytes
     * @param account pays; used by nobody else
     * @param inclusionDeadline how long one post waits for its block
     * @throws SettlementException UNREACHABLE, WRONG_CHAIN, or JOB_UNKNOWN if no contract is at the address
     */
    public static EthereumChain connect(
            URI url, long expectedChainId, ByteString registry, PosterAccount account, Duration inclusionDeadline) {
        return new EthereumChain(EthereumView.connect(url, expectedChainId, registry), account, inclusionDeadline);
    }

    @Override
    public long chainId() {
        return view.chainId();
    }

    @Override
    public ByteString registry() {
        return view.registry();
    }

    @Override
    public RegisteredJob job(ByteString jobId) {
        return view.job(jobId);
    }

    @Override
    public OptionalLong lastWindow(ByteString jobId) {
        return view.lastWindow(jobId);
    }

    @Override
    public Optional<RecordedWindow> window(ByteString jobId, long window) {
        return view.window(jobId, window);
    }

    @Override
    public Optional<PostReceipt> receipt(ByteString jobId, long window) {
        return view.receipt(jobId, window);
    }

    @Override
    public PostReceipt post(WindowPost post) {
        ResultMessage message =
                post.message(chainId(), registry(), job(post.jobId()).ruleHash());
        if (recorded(post, message)) {
            return requireReceipt(post);
        }
        String data = encode(post);
        try {
            view.node().call(Hex.text(account.address()), registry(), data);
            TransactionReceipt receipt = sender.send(Optional.of(registry()), data);
            if (!receipt.isStatusOK() && !recorded(post, message)) {
                throw new SettlementException(
                        Reason.NOT_INCLUDED, "transaction " + receipt.getTransactionHash() + " failed in its block");
            }
        } catch (SettlementException e) {
            // Somebody else may have posted in the meantime: then the outcome is theirs, same statement or conflict.
            if (e.reason() == Reason.UNREACHABLE || !recorded(post, message)) {
                throw e;
            }
        }
        return requireReceipt(post);
    }

    @Override
    public void close() {
        view.close();
    }

    /** @throws SettlementException CONFLICT if the window holds another statement */
    private boolean recorded(WindowPost post, ResultMessage message) {
        Optional<RecordedWindow> recorded = window(post.jobId(), post.window());
        if (recorded.isPresent() && !recorded.get().records(message)) {
            throw new SettlementException(
                    Reason.CONFLICT, "window " + post.window() + " holds another statement than ours");
        }
        return recorded.isPresent();
    }

    private PostReceipt requireReceipt(WindowPost post) {
        return receipt(post.jobId(), post.window())
                .orElseThrow(() -> new SettlementException(
                        Reason.NOT_INCLUDED, "no event of window " + post.window() + " in the node's chain"));
    }

    private static String encode(WindowPost post) {
        List<Uint256> words = post.variableWords().stream()
                .map(word -> new Uint256(Hex.number(word)))
                .toList();
        ByteString signatures = ByteString.copyFrom(post.signatures());
        return FunctionEncoder.encode(new Function(
                WindowRegistry.FUNC_POSTWINDOW,
                List.of(
                        new Bytes32(post.jobId().toByteArray()),
                        new Uint64(post.window()),
                        new Bytes32(post.manifestRoot().toByteArray()),
                        new DynamicArray<>(Uint256.class, words),
                        new DynamicBytes(post.proof().toByteArray()),
                        new DynamicBytes(signatures.toByteArray())),
                List.of()));
    }
}
