package io.veilflow.pipeline.post;

import com.google.protobuf.ByteString;
import io.veilflow.contracts.ContractErrors;
import io.veilflow.pipeline.post.SettlementException.Reason;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.OkHttpClient;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.Web3jService;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthCall;
import org.web3j.protocol.core.methods.response.EthEstimateGas;
import org.web3j.protocol.exceptions.ClientConnectionException;
import org.web3j.protocol.http.HttpService;

/**
 * JSON-RPC over HTTP to one node of one chain, with time limits and our errors. A node may lie: whatever it says about a window
 * is held against the signed statement by the caller.
 */
final class EthereumNode implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(20);

    private final Web3jService service;
    private final Web3j web3;
    private final long chainId;
    private final ContractErrors errors = new ContractErrors();

    private EthereumNode(Web3jService service, Web3j web3, long chainId) {
        this.service = service;
        this.web3 = web3;
        this.chainId = chainId;
    }

    /** @throws SettlementException UNREACHABLE, or WRONG_CHAIN if the node serves another chain than expected */
    static EthereumNode connect(URI url, long expectedChainId) {
        EthereumNode node = connect(url);
        if (node.chainId != expectedChainId) {
            node.close();
            throw new SettlementException(
                    Reason.WRONG_CHAIN,
                    url + " serves chain " + node.chainId + ", the job is on chain " + expectedChainId);
        }
        return node;
    }

    /** Takes whatever chain the node serves. */
    static EthereumNode connect(URI url) {
        OkHttpClient client = new OkHttpClient.Builder()
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(READ_TIMEOUT)
                .writeTimeout(READ_TIMEOUT)
                .build();
        Web3jService service = new HttpService(url.toString(), client);
        Web3j web3 = Web3j.build(service);
        EthereumNode unknown = new EthereumNode(service, web3, 0);
        try {
            return new EthereumNode(
                    service, web3, unknown.ask(web3.ethChainId()).getChainId().longValueExact());
        } catch (RuntimeException e) {
            unknown.close();
            throw e;
        }
    }

    long chainId() {
        return chainId;
    }

    Web3j web3() {
        return web3;
    }

    /** An answer without error. @throws SettlementException UNREACHABLE */
    <T extends Response<?>> T ask(Request<?, T> request) {
        T response = send(request);
        if (response.hasError()) {
            throw new SettlementException(
                    Reason.UNREACHABLE,
                    request.getMethod() + ": " + response.getError().getMessage());
        }
        return response;
    }

    /** An answer or the node's refusal. @throws SettlementException UNREACHABLE if there is neither */
    <T extends Response<?>> T send(Request<?, T> request) {
        try {
            return request.send();
        } catch (IOException | ClientConnectionException e) {
            throw new SettlementException(Reason.UNREACHABLE, request.getMethod() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Runs a call on the newest state without sending it.
     *
     * @param from may be null
     * @throws SettlementException REFUSED with the contract's error if it reverts
     */
    EthCall call(String from, ByteString contract, String data) {
        Transaction transaction = Transaction.createEthCallTransaction(from, Hex.text(contract), data);
        EthCall answer = send(web3.ethCall(transaction, DefaultBlockParameterName.LATEST));
        if (answer.hasError()) {
            throw new SettlementException(Reason.REFUSED, refusal(answer.getError()));
        }
        return answer;
    }

    /**
     * Gas of a transaction on the newest block. (By default a node estimates on its pending block; where our own transaction waits
     * already, a repetition costs little, and with that limit it would fail in the place of the one it replaces.)
     *
     * @throws SettlementException REFUSED with the contract's error if it reverts
     */
    BigInteger estimateGas(Transaction transaction) {
        EthEstimateGas estimate = send(new Request<>(
                "eth_estimateGas",
                List.of(transaction, DefaultBlockParameterName.LATEST.getValue()),
                service,
                EthEstimateGas.class));
        if (estimate.hasError()) {
            throw new SettlementException(Reason.REFUSED, refusal(estimate.getError()));
        }
        return estimate.getAmountUsed();
    }

    /** What the contract or the node said. */
    String refusal(Response.Error error) {
        return Optional.ofNullable(error.getData())
                .map(data -> errors.describe(data.replace("\"", "")))
                .orElse(error.getMessage());
    }

    boolean hasCode(ByteString address) {
        String code = ask(web3.ethGetCode(Hex.text(address), DefaultBlockParameterName.LATEST))
                .getCode();
        return Hex.bytes(code).size() > 0;
    }

    BigInteger gasPrice() {
        return ask(web3.ethGasPrice()).getGasPrice();
    }

    @Override
    public void close() {
        web3.shutdown();
    }
}
