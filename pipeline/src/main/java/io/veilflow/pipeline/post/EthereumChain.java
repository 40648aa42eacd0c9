package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.pipeline.post.SettlementException.Reason;
import java.math.BigInteger;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/**
 * {@link Chain} over JSON-RPC, through one node or several, posting from one account. Work goes through one node until it fails
 * there; what is final, the nodes decide together ({@link NodeVotes}).
 */
public final class EthereumChain implements Chain, ChainHistory, AutoCloseable {
    private final EthereumNodes nodes;
    private final long chainId;
    private final ByteString registry;
    private final PosterOptions options;
    private final AccountSender sender;
    private final List<Confirmations> confirmations;
    private final NodeVotes votes;

    private EthereumChain(
            EthereumNodes nodes,
            long chainId,
            ByteString registry,
            SendingAccount account,
            PosterOptions options,
            List<Confirmations> confirmations) {
        this.nodes = nodes;
        this.chainId = chainId;
        this.registry = registry;
        this.options = options;
        this.sender = new AccountSender(nodes, account, options.fees(), options.inclusionDeadline());
        this.confirmations = confirmations;
        this.votes = new NodeVotes(confirmations);
    }

    /**
     * @param urls of nodes, at least one; the first one works as long as it does
     * @param registry address, 20 bytes
     * @param account pays; used by nobody else
     * @throws SettlementException UNREACHABLE if no node answers, WRONG_CHAIN, or JOB_UNKNOWN if no contract is at the address
     */
    public static EthereumChain connect(
            List<URI> urls, long chainId, ByteString registry, SendingAccount account, PosterOptions options) {
        EthereumNodes nodes = EthereumNodes.of(urls, chainId, options.answerTimeout());
        List<Confirmations> confirmations = nodes.all().stream()
                .map(node -> new Confirmations(node, registry, options.depth()))
                .toList();
        EthereumChain chain = new EthereumChain(nodes, chainId, registry, account, options, confirmations);
        try {
            chain.any(view -> {
                view.requireContract();
                return view;
            });
            return chain;
        } catch (RuntimeException e) {
            chain.close();
            throw e;
        }
    }

    /** The same registry through the same nodes, paid for by another account. It is closed with this one. */
    EthereumChain paidBy(SendingAccount account) {
        return new EthereumChain(nodes, chainId, registry, account, options, confirmations);
    }

    /**
     * What the working node says about an account's next transaction, if that is this post.
     *
     * @param account 20 bytes
     * @throws SettlementException if the node does not answer, or the call would fail
     */
    public NextTransaction next(ByteString account, Post post) {
        requireForThis(post);
        EthereumNode node = nodes.current();
        String sender = Hex.text(account);
        TransactionCall call = new TransactionCall(Optional.of(registry), BigInteger.ZERO, PostCall.encode(post));
        return new NextTransaction(node.nonce(sender), node.estimateGas(call.from(sender)));
    }

    /** What this party lets the group's account sign for this registry: at most at its own price limit. */
    public GroupTransactionPolicy groupPolicy() {
        return new GroupTransactionPolicy(chainId, registry, options.fees());
    }

    @Override
    public long chainId() {
        return chainId;
    }

    @Override
    public ByteString registry() {
        return registry;
    }

    @Override
    public RegisteredTerms termsOf(ByteString jobId, long window) {
        return any(view -> view.termsOf(jobId, window));
    }

    @Override
    public long nextWindow(ByteString jobId) {
        return any(view -> view.nextWindow(jobId));
    }

    @Override
    public Optional<RecordedWindow> window(ByteString jobId, long window) {
        return any(view -> view.window(jobId, window));
    }

    @Override
    public Optional<PostReceipt> receipt(ByteString jobId, long window) {
        return any(view -> view.receipt(jobId, window));
    }

    @Override
    public PostStatus status(Post post) {
        requireForThis(post);
        return votes.status(post);
    }

    @Override
    public void post(Post post) {
        requireForThis(post);
        for (int tries = 0; tries < confirmations.size(); tries++) {
            try {
                Confirmations node = confirmations.get(nodes.currentIndex());
                if (node.lacks(post)) {
                    node.expect(send(post));
                    return;
                }
            } catch (SettlementException e) {
                nodes.turn();
                throw e;
            }
            nodes.turn();
        }
    }

    /** Returns the number of the block. */
    private long send(Post post) {
        TransactionReceipt receipt = sender.send(Optional.of(registry), PostCall.encode(post));
        if (!receipt.isStatusOK()) {
            throw new SettlementException(
                    Reason.FAILED_IN_BLOCK, "transaction " + receipt.getTransactionHash() + " failed in its block");
        }
        return receipt.getBlockNumber().longValueExact();
    }

    @Override
    public void close() {
        nodes.close();
    }

    private void requireForThis(Post post) {
        if (post.chainId() != chainId || !post.registry().equals(registry)) {
            throw new IllegalArgumentException(
                    "the post is for registry " + Hex.text(post.registry()) + " on chain " + post.chainId());
        }
    }

    /** Asks node after node until one serves. */
    private <T> T any(Function<EthereumView, T> question) {
        for (int left = nodes.all().size() - 1; ; left--) {
            try {
                return question.apply(new EthereumView(nodes.current(), registry));
            } catch (SettlementException e) {
                boolean another = e.reason() == Reason.UNREACHABLE || e.reason() == Reason.WRONG_CHAIN;
                if (!another || left == 0) {
                    throw e;
                }
                nodes.turn();
            }
        }
    }
}
