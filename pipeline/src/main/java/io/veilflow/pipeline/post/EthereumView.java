package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.contracts.DeployedCode;
import io.veilflow.contracts.WindowRegistry;
import io.veilflow.pipeline.post.SettlementException.Reason;
import io.veilflow.pipeline.sign.Assurance;
import io.veilflow.pipeline.sign.ResultMessage;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.web3j.protocol.core.RemoteCall;
import org.web3j.protocol.exceptions.ClientConnectionException;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.exceptions.ContractCallException;
import org.web3j.tx.gas.DefaultGasProvider;

/** {@link ChainView} over JSON-RPC. */
public final class EthereumView implements ChainView, AutoCloseable {
    private static final int ADDRESS_BYTES = 20;

    private final EthereumNode node;
    private final ByteString registryAddress;
    private final WindowRegistry registry;
    /** Addresses whose code has been looked at. */
    private final Set<ByteString> known = ConcurrentHashMap.newKeySet();

    EthereumView(EthereumNode node, ByteString registryAddress) {
        this.node = node;
        this.registryAddress = registryAddress;
        this.registry = WindowRegistry.load(
                Hex.text(registryAddress),
                node.web3(),
                new ReadonlyTransactionManager(node.web3(), null),
                new DefaultGasProvider());
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
        String what = "job " + Hex.text(jobId);
        byte[] id = jobId.toByteArray();
        BigInteger number = BigInteger.valueOf(window);
        WindowRegistry.JobTerms terms = read(what, registry.termsOf(id, number), Reason.JOB_UNKNOWN);
        var key = read(what, registry.groupKeyOf(id, number), Reason.JOB_UNKNOWN);
        RegisteredTerms registered = ContractTerms.read(terms, key.component1(), key.component2());
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
        BigInteger next = read("next window", registry.nextWindow(jobId.toByteArray()), Reason.REFUSED);
        if (next.bitLength() >= Long.SIZE) {
            throw new SettlementException(Reason.UNREACHABLE, "window number " + next + " is beyond any job");
        }
        return next.longValueExact();
    }

    @Override
    public Optional<RecordedWindow> window(ByteString jobId, long window) {
        String what = "window " + window;
        byte[] job = jobId.toByteArray();
        BigInteger number = BigInteger.valueOf(window);
        WindowRegistry.WindowResult result = read(what, registry.resultOf(job, number), Reason.REFUSED);
        return Assurance.ofCode(result.assurance.intValueExact())
                .map(assurance -> new RecordedWindow(
                        window,
                        outputs(read(what, registry.outputsOf(job, number), Reason.REFUSED)),
                        assurance,
                        result.postedAt.longValueExact(),
                        Hex.number(result.statementTag, ResultMessage.TAG_BYTES)));
    }

    @Override
    public Optional<PostReceipt> receipt(ByteString jobId, long window) {
        long head = node.head();
        return new RegistrySnapshot(node, registryAddress, head)
                .result(jobId, window)
                .flatMap(trace -> new EventReceipts(node, registryAddress).find(trace, head));
    }

    @Override
    public void close() {
        node.close();
    }

    /** web3j declares a list of anything. */
    private static List<BigInteger> outputs(List<?> words) {
        return words.stream().map(BigInteger.class::cast).toList();
    }

    private static <T> T read(String what, RemoteCall<T> call, Reason onRevert) {
        try {
            return call.send();
        } catch (ContractCallException e) {
            throw new SettlementException(onRevert, what + ": " + e.getMessage(), e);
        } catch (IOException | ClientConnectionException e) {
            throw new SettlementException(Reason.UNREACHABLE, what + ": " + e.getMessage(), e);
        } catch (Exception e) {
            throw new SettlementException(Reason.UNREACHABLE, what + ": half an answer: " + e.getMessage(), e);
        }
    }
}
