package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.contracts.DeployedCode;
import io.veilflow.pipeline.post.SettlementException.Reason;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** {@link ChainHistory} over JSON-RPC. */
public final class EthereumView implements ChainHistory, AutoCloseable {
    private static final int ADDRESS_BYTES = 20;

    private final EthereumNode node;
    private final ByteString registryAddress;
    private final RegistrySnapshot registry;
    /** Addresses whose code has been looked at. */
    private final Set<ByteString> known = ConcurrentHashMap.newKeySet();

    EthereumView(EthereumNode node, ByteString registryAddress) {
        this.node = node;
        this.registryAddress = registryAddress;
        this.registry = RegistrySnapshot.newest(node, registryAddress);
    }

    /**
     * @param registry address, 20 bytes
     * @throws SettlementException UNREACHABLE, WRONG_CHAIN, or JOB_UNKNOWN if no contract is at the address
     */
    public static EthereumView connect(URI url, long expectedChainId, ByteString registry) {
        return of(EthereumNode.connect(url, expectedChainId), registry);
    }

    /** Takes whatever chain the node serves: the caller holds {@link #chainId} against what it knows. */
    public static EthereumView connect(URI url, ByteString registry) {
        return of(EthereumNode.connect(url), registry);
    }

    private static EthereumView of(EthereumNode node, ByteString registry) {
        EthereumView view = new EthereumView(node, registry);
        try {
            view.requireContract();
            return view;
        } catch (RuntimeException e) {
            view.close();
            throw e;
        }
    }

    /** @throws SettlementException UNREACHABLE, WRONG_CHAIN, or JOB_UNKNOWN if no contract is at the address */
    void requireContract() {
        node.requireChain();
        if (registryAddress.size() != ADDRESS_BYTES || !node.hasCode(registryAddress)) {
            throw new SettlementException(
                    Reason.JOB_UNKNOWN,
                    "there is no contract at " + Hex.text(registryAddress) + " on chain " + node.chainId());
        }
    }

    @Override
    public long chainId() {
        return node.chainId();
    }

    @Override
    public ByteString registry() {
        return registryAddress;
    }

    @Override
    public RegisteredTerms termsOf(ByteString jobId, long window) {
        RegisteredTerms registered =
                read("job " + Hex.text(jobId), Reason.JOB_UNKNOWN, () -> registry.terms(jobId, window));
        requireCode("registry", registryAddress, DeployedCode.WINDOW_REGISTRY);
        requireCode("verifier", registered.verifier(), DeployedCode.GROTH16_VERIFIER);
        return registered;
    }

    /** What the terms say is worth nothing if another contract says it (THREATS F18). */
    private void requireCode(String what, ByteString address, DeployedCode expected) {
        if (!known.contains(address) && !expected.isAt(node.code(address).toByteArray())) {
            throw new SettlementException(
                    Reason.JOB_UNKNOWN,
                    "the contract at " + Hex.text(address) + " is not the " + what + " of this version of Veilflow");
        }
        known.add(address);
    }

    @Override
    public long nextWindow(ByteString jobId) {
        return read("next window", Reason.REFUSED, () -> registry.nextWindow(jobId));
    }

    @Override
    public Optional<RecordedWindow> window(ByteString jobId, long window) {
        return read("window " + window, Reason.REFUSED, () -> registry.window(jobId, window));
    }

    @Override
    public Optional<PostReceipt> receipt(ByteString jobId, long window) {
        long head = node.head();
        return RegistrySnapshot.at(node, registryAddress, head)
                .result(jobId, window)
                .flatMap(trace -> new EventReceipts(node, registryAddress).find(trace, head));
    }

    @Override
    public void close() {
        node.close();
    }

    /** A view that reverts does so for good: what it says of posts, that it may pass, does not fit here. */
    private static <T> T read(String what, Reason onRevert, Supplier<T> question) {
        try {
            return question.get();
        } catch (SettlementException e) {
            boolean reverted = e.reason() == Reason.REFUSED || e.reason() == Reason.NOT_YET;
            throw new SettlementException(reverted ? onRevert : e.reason(), what + ": " + e.getMessage(), e);
        } catch (ArithmeticException e) {
            throw new SettlementException(Reason.UNREACHABLE, what + ": no answer of a registry: " + e.getMessage(), e);
        }
    }
}
