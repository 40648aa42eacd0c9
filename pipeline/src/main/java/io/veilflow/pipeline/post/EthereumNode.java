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
import java.util.function.Function;
import okhttp3.OkHttpClient;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.Web3jService;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthBlock;
import org.web3j.protocol.core.methods.response.EthCall;
import org.web3j.protocol.core.methods.response.EthEstimateGas;
import org.web3j.protocol.core.methods.response.EthLog;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.protocol.exceptions.ClientConnectionException;
import org.web3j.protocol.http.HttpService;

/**
 * JSON-RPC over HTTP to one node of one chain: questions with time limits and a few tries, and our errors. Whatever is not an
 * answer of the right form is no answer. A well-formed answer may be a lie: what is said about a post is held against its
 * statement by {@link Confirmations}.
 */
final class EthereumNode implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    /** Of a whole answer, so that a node which gives it byte by byte holds nobody up. */
    static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

    private final URI url;
    private final Web3jService service;
    private final Web3j web3;
    private final long chainId;
    private final ContractErrors errors = new ContractErrors();

    private EthereumNode(URI url, Web3jService service, Web3j web3, long chainId) {
        this.url = url;
        this.service = service;
        this.web3 = web3;
        this.chainId = chainId;
    }

    /** @throws SettlementException UNREACHABLE, or WRONG_CHAIN if the node serves another chain than expected */
    static EthereumNode connect(URI url, long expectedChainId) {
        EthereumNode node = of(url, expectedChainId, ANSWER_TIMEOUT);
        try {
            node.requireChain();
            return node;
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
    }

    /** Takes whatever chain the node serves. */
    static EthereumNode connect(URI url) {
        try (EthereumNode unknown = of(url, 0, ANSWER_TIMEOUT)) {
            return of(url, unknown.servedChainId(), ANSWER_TIMEOUT);
        }
    }

    /**
     * A node that nobody has asked anything yet; {@link #requireChain} is the caller's.
     *
     * @param answerTimeout a question that is not answered in full by then is not answered
     */
    static EthereumNode of(URI url, long chainId, Duration answerTimeout) {
        OkHttpClient client = new OkHttpClient.Builder()
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(answerTimeout)
                .writeTimeout(answerTimeout)
                .callTimeout(answerTimeout)
                .build();
        Web3jService service = new HttpService(url.toString(), client);
        return new EthereumNode(url, service, Web3j.build(service), chainId);
    }

    long chainId() {
        return chainId;
    }

    Web3j web3() {
        return web3;
    }

    /**
     * What stands behind an address may change, so this is asked again before anything that matters.
     *
     * @throws SettlementException UNREACHABLE or WRONG_CHAIN
     */
    void requireChain() {
        long served = servedChainId();
        if (served != chainId) {
            throw new SettlementException(
                    Reason.WRONG_CHAIN, url + " serves chain " + served + ", the job is on chain " + chainId);
        }
    }

    private long servedChainId() {
        return ask(web3.ethChainId(), answer -> answer.getChainId().longValueExact());
    }

    /**
     * What an answer without error says.
     *
     * @throws SettlementException UNREACHABLE, also if the answer is half a one
     */
    <T extends Response<?>, R> R ask(Request<?, T> request, Function<T, R> reading) {
        return Retries.run(() -> {
            T response = once(request);
            if (response.hasError()) {
                throw new SettlementException(
                        Reason.UNREACHABLE,
                        request.getMethod() + ": " + response.getError().getMessage());
            }
            return read(request, response, reading);
        });
    }

    /** An answer or the node's refusal. @throws SettlementException UNREACHABLE if there is neither */
    <T extends Response<?>> T send(Request<?, T> request) {
        return Retries.run(() -> once(request));
    }

    private <T extends Response<?>> T once(Request<?, T> request) {
        T response;
        try {
            response = request.send();
        } catch (IOException | ClientConnectionException e) {
            throw new SettlementException(Reason.UNREACHABLE, request.getMethod() + ": " + e.getMessage(), e);
        }
        if (response == null || (response.getResult() == null && !response.hasError() && !mayBeNull(request))) {
            throw new SettlementException(Reason.UNREACHABLE, request.getMethod() + ": half an answer");
        }
        return response;
    }

    private static boolean mayBeNull(Request<?, ?> request) {
        return request.getMethod().equals("eth_getTransactionReceipt")
                || request.getMethod().equals("eth_getTransactionByHash");
    }

    private static <T extends Response<?>, R> R read(Request<?, T> request, T response, Function<T, R> reading) {
        try {
            return reading.apply(response);
        } catch (SettlementException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new SettlementException(
                    Reason.UNREACHABLE, request.getMethod() + ": half an answer: " + e.getMessage(), e);
        }
    }

    /**
     * Runs a call without sending it.
     *
     * @param from may be null
     * @return what the contract answers, in hex
     * @throws SettlementException UNREACHABLE, or what {@link CallRefusal} says if it reverts
     */
    String call(String from, ByteString contract, String data, DefaultBlockParameter block) {
        Transaction transaction = Transaction.createEthCallTransaction(from, Hex.text(contract), data);
        Request<?, EthCall> request = web3.ethCall(transaction, block);
        return Retries.run(() -> {
            EthCall answer = once(request);
            if (answer.hasError()) {
                throw CallRefusal.of(answer.getError(), errors);
            }
            return read(request, answer, known -> Hex.text(Hex.bytes(known.getValue())));
        });
    }

    /**
     * Gas of a transaction on the newest block. (By default a node estimates on its pending block; where our own transaction waits
     * already, a repetition costs little, and with that limit it would fail in the place of the one it replaces.)
     *
     * @throws SettlementException UNREACHABLE, or what {@link CallRefusal} says if it reverts
     */
    BigInteger estimateGas(Transaction transaction) {
        Request<?, EthEstimateGas> request = new Request<>(
                "eth_estimateGas",
                List.of(transaction, DefaultBlockParameterName.LATEST.getValue()),
                service,
                EthEstimateGas.class);
        return Retries.run(() -> {
            EthEstimateGas estimate = once(request);
            if (estimate.hasError()) {
                throw CallRefusal.of(estimate.getError(), errors);
            }
            return read(request, estimate, EthEstimateGas::getAmountUsed);
        });
    }

    boolean hasCode(ByteString address) {
        return !code(address).isEmpty();
    }

    /** Code deployed at an address; empty if there is none. */
    ByteString code(ByteString address) {
        return ask(
                web3.ethGetCode(Hex.text(address), DefaultBlockParameterName.LATEST),
                answer -> Hex.bytes(answer.getCode()));
    }

    BigInteger gasPrice() {
        return ask(web3.ethGasPrice(), answer -> answer.getGasPrice());
    }

    /** What is paid to makers of blocks beside the base fee. */
    BigInteger tip() {
        return ask(web3.ethMaxPriorityFeePerGas(), answer -> answer.getMaxPriorityFeePerGas());
    }

    /** How many transactions of the account are in blocks, which is the nonce of the next one. */
    BigInteger nonce(String account) {
        return ask(
                web3.ethGetTransactionCount(account, DefaultBlockParameterName.LATEST),
                answer -> answer.getTransactionCount());
    }

    /** Number of the newest block. */
    long head() {
        return ask(web3.ethBlockNumber(), answer -> answer.getBlockNumber().longValueExact());
    }

    /** @throws SettlementException UNREACHABLE, also if the node has no such block */
    BlockHeader block(long number) {
        return ask(
                web3.ethGetBlockByNumber(DefaultBlockParameter.valueOf(BigInteger.valueOf(number)), false),
                answer -> header(number, answer.getBlock()));
    }

    private static BlockHeader header(long number, EthBlock.Block block) {
        if (!block.getNumber().equals(BigInteger.valueOf(number))) {
            throw new IllegalArgumentException("block " + block.getNumber() + " instead of " + number);
        }
        return new BlockHeader(
                number, Hex.bytes(block.getHash()), block.getTimestamp().longValueExact());
    }

    /** A receipt of exactly this transaction; empty while the transaction is in no block. */
    Optional<TransactionReceipt> receipt(String hash) {
        return ask(web3.ethGetTransactionReceipt(hash), answer -> answer.getTransactionReceipt()
                .map(receipt -> {
                    if (!hash.equalsIgnoreCase(receipt.getTransactionHash())
                            || receipt.getBlockNumber().signum() < 0) {
                        throw new IllegalArgumentException("receipt of " + receipt.getTransactionHash());
                    }
                    return receipt;
                }));
    }

    /** Whether the node has the transaction in its pool or in a block. */
    boolean knows(String hash) {
        return ask(web3.ethGetTransactionByHash(hash), answer -> answer.getTransaction()
                .isPresent());
    }

    /** Logs as the node gives them: twice, of lost blocks or of other contracts, if it likes. */
    List<Log> logs(EthFilter filter) {
        return ask(web3.ethGetLogs(filter), answer -> answer.getLogs().stream()
                .map(result -> (Log) ((EthLog.LogResult<?>) result).get())
                .toList());
    }

    @Override
    public void close() {
        web3.shutdown();
    }

    @Override
    public String toString() {
        return url.toString();
    }
}
