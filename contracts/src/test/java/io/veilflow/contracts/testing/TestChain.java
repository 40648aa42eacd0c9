package io.veilflow.contracts.testing;

import io.veilflow.contracts.Anvil;
import io.veilflow.contracts.WindowRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.datatypes.Event;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Hash;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.RemoteCall;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.Response;
import org.web3j.protocol.core.methods.request.Transaction;
import org.web3j.protocol.core.methods.response.EthCall;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.protocol.exceptions.TransactionException;
import org.web3j.protocol.http.HttpService;
import org.web3j.tx.RawTransactionManager;
import org.web3j.tx.TransactionManager;
import org.web3j.tx.gas.ContractGasProvider;
import org.web3j.tx.gas.StaticGasProvider;
import org.web3j.tx.response.PollingTransactionReceiptProcessor;
import org.web3j.utils.Numeric;

/** A fresh chain with funded accounts, one per test class. */
public final class TestChain implements AutoCloseable {
    /** Cap on one transaction from the next fork on; anvil does not enforce it. */
    public static final long TRANSACTION_GAS_MAX = 1L << 24;

    private static final int RECEIPT_POLLS = 200;
    private static final int RECEIPT_POLL_MILLIS = 20;

    private final Anvil anvil;
    private final HttpService service;
    private final Web3j web3;

    /** Starts a chain with anvil's chain id. */
    public TestChain() {
        this(Anvil.DEFAULT_CHAIN_ID);
    }

    public TestChain(long chainId) {
        try {
            anvil = Anvil.start(chainId, List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        service = new HttpService(anvil.url().toString());
        web3 = Web3j.build(service);
    }

    public Web3j web3() {
        return web3;
    }

    public String url() {
        return anvil.url().toString();
    }

    /** Account k of anvil's funded ones. */
    public Credentials account(int k) {
        return Credentials.create(Anvil.FUNDED_KEYS.get(k));
    }

    /** Sends as account k, asking for receipts often. */
    public TransactionManager sender(int k) {
        return new RawTransactionManager(web3, account(k), chainId(), RECEIPT_POLLS, RECEIPT_POLL_MILLIS);
    }

    public ContractGasProvider gas() {
        return new StaticGasProvider(BigInteger.valueOf(2_000_000_000L), BigInteger.valueOf(TRANSACTION_GAS_MAX));
    }

    public long chainId() {
        return answer(web3.ethChainId()).getChainId().longValueExact();
    }

    /** A new registry that account 0 owns. */
    public WindowRegistry deployRegistry() {
        return done(WindowRegistry.deploy(web3, sender(0), gas(), account(0).getAddress()));
    }

    /** What comes back from a call or transaction that must succeed. */
    public static <T> T done(RemoteCall<T> call) {
        try {
            return call.send();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Bytes with which a call reverts, in hex; empty text if it does not revert.
     *
     * @param to contract, or null to create one
     */
    public String revertOf(String to, String data) {
        EthCall call = call(to, data);
        if (!call.hasError()) {
            return "";
        }
        String revert = call.getError().getData();
        return revert == null ? "no data: " + call.getError().getMessage() : revert.replace("\"", "");
    }

    /** What a call that changes nothing answers, in hex; empty if it fails. */
    public Optional<String> answerOf(String to, String data) {
        EthCall call = call(to, data);
        return call.hasError() ? Optional.empty() : Optional.of(call.getValue());
    }

    /** True if a contract takes ether with a call. */
    public boolean takesEther(String to, String data) {
        Transaction transaction = new Transaction(
                account(0).getAddress(), null, null, BigInteger.valueOf(TRANSACTION_GAS_MAX), to, BigInteger.ONE, data);
        try {
            return !web3.ethCall(transaction, DefaultBlockParameterName.LATEST)
                    .send()
                    .hasError();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a transaction that may fail, with the largest gas limit, and returns its receipt. */
    public TransactionReceipt send(int account, String to, String data) {
        return send(account, to, data, TRANSACTION_GAS_MAX);
    }

    /** Sends a transaction that may fail, with the given gas limit, and returns its receipt. */
    public TransactionReceipt send(int account, String to, String data, long gasLimit) {
        return send(account, to, data, gasLimit, BigInteger.ZERO);
    }

    /** Sends a transaction that may fail, with ether, and returns its receipt. */
    public TransactionReceipt send(int account, String to, String data, BigInteger ether) {
        return send(account, to, data, TRANSACTION_GAS_MAX, ether);
    }

    private TransactionReceipt send(int account, String to, String data, long gasLimit, BigInteger ether) {
        Transaction transaction = Transaction.createFunctionCallTransaction(
                account(account).getAddress(), null, null, BigInteger.valueOf(gasLimit), to, ether, data);
        String hash = answer(web3.ethSendTransaction(transaction)).getTransactionHash();
        try {
            return new PollingTransactionReceiptProcessor(web3, RECEIPT_POLL_MILLIS, RECEIPT_POLLS)
                    .waitForTransactionReceipt(hash);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TransactionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** First four bytes of a custom error, as {@link #revertOf} begins. */
    public static String error(String signature) {
        return Hash.sha3String(signature).substring(0, 10);
    }

    /** Number of logs of this event in a receipt. */
    public static long count(TransactionReceipt receipt, Event event) {
        String topic = EventEncoder.encode(event);
        return receipt.getLogs().stream()
                .filter(log -> log.getTopics().get(0).equals(topic))
                .count();
    }

    /** Number of bytes deployed at an address. */
    public int codeBytes(String address) {
        return code(address).length;
    }

    /** Bytes deployed at an address. */
    public byte[] code(String address) {
        return Numeric.hexStringToByteArray(answer(web3.ethGetCode(address, DefaultBlockParameterName.LATEST))
                .getCode());
    }

    /** Appends a byte to the code at an address, which then does what it did; returns the code before. */
    public String otherCodeAt(String address) {
        String before = Numeric.toHexString(code(address));
        putCode(address, before + "00");
        return before;
    }

    /** Replaces the code at an address. */
    public void putCode(String address, String code) {
        answer(new Request<>("anvil_setCode", List.of(address, code), service, AnyResponse.class));
    }

    /** Ether of an account or contract, in wei. */
    public BigInteger balance(String address) {
        return answer(web3.ethGetBalance(address, DefaultBlockParameterName.LATEST))
                .getBalance();
    }

    /** Time of the newest block, in seconds. */
    public long time() {
        return answer(web3.ethGetBlockByNumber(DefaultBlockParameterName.LATEST, false))
                .getBlock()
                .getTimestamp()
                .longValueExact();
    }

    /** Moves the clock of the next block. */
    public void pass(long seconds) {
        answer(new Request<>("evm_increaseTime", List.of(seconds), service, AnyResponse.class));
        answer(new Request<>("evm_mine", List.of(), service, AnyResponse.class));
    }

    @Override
    public void close() {
        web3.shutdown();
        anvil.close();
    }

    private EthCall call(String to, String data) {
        Transaction transaction = new Transaction(
                account(0).getAddress(), null, null, BigInteger.valueOf(TRANSACTION_GAS_MAX), to, null, data);
        try {
            return web3.ethCall(transaction, DefaultBlockParameterName.LATEST).send();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T extends Response<?>> T answer(Request<?, T> request) {
        try {
            T response = request.send();
            if (response.hasError()) {
                throw new IllegalStateException(response.getError().getMessage());
            }
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An answer whose content does not matter. */
    public static final class AnyResponse extends Response<Object> {}
}
