package io.veilflow.pipeline.post;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.veilflow.contracts.Anvil;
import io.veilflow.pipeline.post.SettlementException.Reason;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.SignedRawTransaction;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.crypto.transaction.type.Transaction1559;
import org.web3j.protocol.core.methods.response.Transaction;
import org.web3j.protocol.core.methods.response.TransactionReceipt;

/** One account's transactions on a real node: nonces, prices, and what becomes of those that are stuck, beaten or lost. */
class AccountSenderITCase {
    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final String SEND = "eth_sendRawTransaction";
    private static final Duration IMPATIENT = Duration.ofMillis(300);
    private static final ByteString SOMEBODY = ByteString.copyFromUtf8("a recipient 20 bytes");
    private static final BigInteger GWEI = BigInteger.TEN.pow(9);
    /** A contract's code that reverts whatever it is called with. */
    private static final String REVERTING_CODE = "0x60006000fd";

    private Anvil anvil;
    private NodeControl control;
    private FaultyNode proxy;
    private final PosterAccount account = PostFixture.account(1);
    private final List<EthereumNode> opened = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        start(Anvil.DEFAULT_CHAIN_ID);
    }

    private void start(long chainId) throws IOException {
        anvil = Anvil.start(chainId, List.of());
        control = new NodeControl(anvil.url());
        proxy = new FaultyNode(anvil.url());
    }

    @AfterEach
    void stop() {
        opened.forEach(EthereumNode::close);
        proxy.close();
        control.close();
        anvil.close();
    }

    @Test
    @DisplayName(
            "F13: 100 threads send from one account: each transaction is in a block once, no nonce twice or left out")
    void oneHundredAtOnce() {
        AccountSender sender = sender(PATIENT);
        ExecutorService threads = Executors.newFixedThreadPool(100);
        List<CompletableFuture<TransactionReceipt>> sent = IntStream.rangeClosed(1, 100)
                .mapToObj(value -> CompletableFuture.supplyAsync(() -> sender.send(transfer(value)), threads))
                .toList();
        TreeSet<BigInteger> nonces = new TreeSet<>();
        sent.forEach(receipt -> nonces.add(transaction(receipt.join()).getNonce()));
        threads.shutdown();
        assertEquals(100, nonces.size());
        assertEquals(BigInteger.ZERO, nonces.first());
        assertEquals(BigInteger.valueOf(99), nonces.last());
        assertEquals(100, transactions());
        assertEquals(BigInteger.valueOf(5050), control.balance(Hex.text(SOMEBODY)));
    }

    @Test
    @DisplayName("F13: a stuck transaction is replaced at a price that nodes take, and counts once")
    void aStuckTransactionIsReplaced() {
        control.automine(false);
        AccountSender sender = sender(IMPATIENT);
        assertReason(Reason.NOT_INCLUDED, () -> sender.send(transfer(7)));
        Transaction first = pending();
        assertReason(Reason.NOT_INCLUDED, () -> sender.send(transfer(7)));
        Transaction second = pending();
        assertEquals(first.getNonce(), second.getNonce());
        assertTrue(raisedByATenth(first.getMaxFeePerGas(), second.getMaxFeePerGas()));
        assertTrue(raisedByATenth(first.getMaxPriorityFeePerGas(), second.getMaxPriorityFeePerGas()));
        control.automine(true);
        control.mine(1);
        sender.send(transfer(1));
        assertEquals(2, transactions());
        assertEquals(BigInteger.valueOf(8), control.balance(Hex.text(SOMEBODY)));
    }

    @Test
    @DisplayName("F13: of a stuck transaction and its replacement the first may be included after all: that is found")
    void theEarlierOfTwoIsFound() {
        control.automine(false);
        AccountSender sender = sender(IMPATIENT);
        assertReason(Reason.NOT_INCLUDED, () -> sender.send(transfer(7)));
        String first = pending().getHash();
        // The replacement gets lost on its way.
        proxy.always(SEND, Fault.claim(first));
        CompletableFuture<TransactionReceipt> again = CompletableFuture.supplyAsync(() -> sender.send(transfer(7)));
        awaitRequests(SEND, 2);
        control.mine(1);
        assertEquals(first, again.join().getTransactionHash());
        assertEquals(1, transactions());
    }

    @Test
    @DisplayName("F13: a nonce that another wallet used is noticed, and the next try takes the next one")
    void aNonceUsedByAnotherWallet() {
        control.automine(false);
        AccountSender sender = sender(PATIENT);
        AccountSender otherWallet = sender(PATIENT);
        CompletableFuture<TransactionReceipt> ours = CompletableFuture.supplyAsync(() -> sender.send(transfer(7)));
        String waiting = awaitPending().getHash();
        CompletableFuture<TransactionReceipt> theirs =
                CompletableFuture.supplyAsync(() -> otherWallet.send(transfer(50)));
        control.awaitPending(other -> !other.getHash().equals(waiting));
        control.automine(true);
        control.mine(1);
        assertEquals(BigInteger.ZERO, transaction(theirs.join()).getNonce());
        SettlementException taken = (SettlementException)
                assertThrows(CompletionException.class, ours::join).getCause();
        assertEquals(Reason.NONCE_TAKEN, taken.reason());
        assertEquals(BigInteger.ONE, transaction(sender.send(transfer(7))).getNonce());
        assertEquals(BigInteger.valueOf(57), control.balance(Hex.text(SOMEBODY)));
    }

    @Test
    @DisplayName("F13: a transaction that the pool forgot is offered again")
    void aForgottenTransactionIsOfferedAgain() {
        control.automine(false);
        AccountSender sender = sender(PATIENT);
        CompletableFuture<TransactionReceipt> receipt = CompletableFuture.supplyAsync(() -> sender.send(transfer(7)));
        String hash = awaitPending().getHash();
        control.dropAll();
        awaitPending();
        control.mine(1);
        assertEquals(hash, receipt.join().getTransactionHash());
    }

    @Test
    @DisplayName(
            "D10, F13: after a restart the transaction that still waits at a higher price is beaten or found, not doubled")
    void afterARestartTheWaitingOneIsReplaced() {
        control.automine(false);
        AccountSender before = sender(IMPATIENT);
        for (int tries = 0; tries < 3; tries++) {
            assertReason(Reason.NOT_INCLUDED, () -> before.send(transfer(7)));
        }
        AccountSender restarted = sender(PATIENT);
        CompletableFuture<TransactionReceipt> receipt =
                CompletableFuture.supplyAsync(() -> restarted.send(transfer(7)));
        // It begins at the price of the day, and raises until it is the same transaction, or a better one.
        awaitRequests(SEND, 3 + 3);
        control.mine(1);
        assertEquals(BigInteger.ZERO, transaction(receipt.join()).getNonce());
        assertEquals(1, transactions());
    }

    @Test
    @DisplayName("F13: above the limit nothing is offered; a transaction that waits already is waited for")
    void theLimitHolds() {
        EthereumNode node = node();
        BigInteger price = node.gasPrice();
        AccountSender poor = new AccountSender(
                EthereumNodes.of(node), account, new FeePolicy(price.subtract(BigInteger.ONE)), IMPATIENT);
        assertReason(Reason.FEE_LIMIT, () -> poor.send(transfer(1)));
        assertEquals(0, transactions());
        control.automine(false);
        AccountSender exact = new AccountSender(EthereumNodes.of(node), account, new FeePolicy(price), IMPATIENT);
        assertReason(Reason.NOT_INCLUDED, () -> exact.send(transfer(1)));
        assertReason(Reason.NOT_INCLUDED, () -> exact.send(transfer(1)));
        assertEquals(price, pending().getMaxFeePerGas());
        control.mine(1);
        assertEquals(1, transactions());
    }

    @Test
    @DisplayName("F13: an account that cannot pay is told so")
    void anEmptyAccount() {
        control.setBalance(Hex.text(account.address()), GWEI);
        SettlementException error =
                assertReason(Reason.INSUFFICIENT_FUNDS, () -> sender(IMPATIENT).send(transfer(1)));
        assertTrue(error.reason().retryable());
        control.setBalance(Hex.text(account.address()), BigInteger.TEN.pow(18));
        sender(PATIENT).send(transfer(1));
        assertEquals(1, transactions());
    }

    @Test
    @DisplayName("F13: what would revert is refused and not sent")
    void whatRevertsIsNotSent() {
        control.rpc("anvil_setCode", Hex.text(SOMEBODY), REVERTING_CODE);
        SettlementException error =
                assertReason(Reason.REFUSED, () -> sender(IMPATIENT).send(transfer(1)));
        assertTrue(!error.reason().retryable());
        assertEquals(0, transactions());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1337, 1L << 31, 1L << 53, 9218438534861846528L})
    @DisplayName("F16: signing hash and v are those of the chain, whatever its id; the node takes the transaction")
    void signedForTheChain(long chainId) throws Exception {
        stop();
        opened.clear();
        start(chainId);
        AccountSender sender = AccountSender.through(EthereumNode.connect(anvil.url(), chainId), account, PATIENT);
        TransactionReceipt receipt = sender.send(transfer(3));
        assertTrue(receipt.isStatusOK());
        SignedRawTransaction signed =
                (SignedRawTransaction) TransactionDecoder.decode(raw(receipt.getTransactionHash()));
        assertEquals(chainId, ((Transaction1559) signed.getTransaction()).getChainId());
        assertEquals(Hex.text(account.address()), signed.getFrom());
        byte[] v = signed.getSignatureData().getV();
        assertTrue(v.length == 1 && (v[0] == 27 || v[0] == 28), HexFormat.of().formatHex(v));
    }

    private AccountSender sender(Duration deadline) {
        return AccountSender.through(node(), account, deadline);
    }

    private EthereumNode node() {
        EthereumNode node = EthereumNode.connect(proxy.url(), Anvil.DEFAULT_CHAIN_ID);
        opened.add(node);
        return node;
    }

    private static TransactionCall transfer(long wei) {
        return new TransactionCall(Optional.of(SOMEBODY), BigInteger.valueOf(wei), "0x");
    }

    private Transaction transaction(TransactionReceipt receipt) {
        return NodeControl.ask(control.web3().ethGetTransactionByHash(receipt.getTransactionHash()))
                .getTransaction()
                .orElseThrow();
    }

    private String raw(String hash) {
        return (String) control.rpc("eth_getRawTransactionByHash", hash);
    }

    private long transactions() {
        return control.transactions(Hex.text(account.address()));
    }

    /** The only transaction that waits. */
    private Transaction pending() {
        return control.pending().get(0);
    }

    private Transaction awaitPending() {
        return control.awaitPending(any -> true);
    }

    private void awaitRequests(String method, int number) {
        long end = System.nanoTime() + PATIENT.toNanos();
        while (proxy.requests(method) < number) {
            assertTrue(System.nanoTime() - end < 0, "no request");
            Retries.pause(10);
        }
    }

    private static boolean raisedByATenth(BigInteger before, BigInteger after) {
        return after.multiply(BigInteger.TEN).compareTo(before.multiply(BigInteger.valueOf(11))) >= 0;
    }

    private static SettlementException assertReason(Reason reason, Runnable call) {
        SettlementException error = assertThrows(SettlementException.class, call::run);
        assertEquals(reason, error.reason(), error.getMessage());
        return error;
    }
}
