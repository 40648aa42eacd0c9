package io.veilflow.pipeline.post;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.response.EthBlock;
import org.web3j.protocol.core.methods.response.Transaction;
import org.web3j.protocol.http.HttpService;

/** What a test does to its own test node, and sees there directly. */
final class NodeControl implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpService service;
    private final Web3j web3;

    NodeControl(URI node) {
        service = new HttpService(node.toString());
        web3 = Web3j.build(service);
    }

    /** Blocks are made for every transaction, or only when {@link #mine} is called. */
    void automine(boolean on) {
        rpc("evm_setAutomine", on);
    }

    void mine(int blocks) {
        for (int block = 0; block < blocks; block++) {
            rpc("evm_mine");
        }
    }

    /** Takes blocks back, their transactions too: the same number of empty blocks stands there instead. */
    void reorganise(int blocks) {
        rpc("anvil_reorg", blocks, List.of());
    }

    /** The state of now, to come back to with {@link #revert}. */
    Object snapshot() {
        return rpc("evm_snapshot");
    }

    void revert(Object snapshot) {
        rpc("evm_revert", snapshot);
    }

    void drop(String transaction) {
        rpc("anvil_dropTransaction", transaction);
    }

    void dropAll() {
        rpc("anvil_dropAllTransactions");
    }

    void setBalance(String account, BigInteger wei) {
        rpc("anvil_setBalance", account, "0x" + wei.toString(16));
    }

    BigInteger balance(String account) {
        return ask(web3.ethGetBalance(account, DefaultBlockParameterName.LATEST))
                .getBalance();
    }

    /** Transactions of the account in blocks. */
    long transactions(String account) {
        return ask(web3.ethGetTransactionCount(account, DefaultBlockParameterName.LATEST))
                .getTransactionCount()
                .longValueExact();
    }

    /** Transactions that wait for a block. */
    List<Transaction> pending() {
        return ask(web3.ethGetBlockByNumber(DefaultBlockParameterName.PENDING, true))
                .getBlock()
                .getTransactions()
                .stream()
                .map(result -> (Transaction) result.get())
                .toList();
    }

    /** The first one that waits, as soon as it is as wanted. */
    Transaction awaitPending(Predicate<Transaction> wanted) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - end < 0) {
            Optional<Transaction> first = pending().stream().findFirst().filter(wanted);
            if (first.isPresent()) {
                return first.get();
            }
            Retries.pause(10);
        }
        throw new AssertionError("no such transaction waits");
    }

    long head() {
        return ask(web3.ethBlockNumber()).getBlockNumber().longValueExact();
    }

    EthBlock.Block block(long number) {
        return ask(web3.ethGetBlockByNumber(DefaultBlockParameter.valueOf(BigInteger.valueOf(number)), true))
                .getBlock();
    }

    Web3j web3() {
        return web3;
    }

    Object rpc(String method, Object... parameters) {
        return ask(new Request<>(method, List.of(parameters), service, Answer.class))
                .getResult();
    }

    static <T extends Response<?>> T ask(Request<?, T> request) {
        try {
            T response = request.send();
            if (response.hasError()) {
                throw new IllegalStateException(
                        request.getMethod() + ": " + response.getError().getMessage());
            }
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        web3.shutdown();
    }

    /** An answer of any form. */
    static final class Answer extends Response<Object> {}
}
